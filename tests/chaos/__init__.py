"""The judge: phones at protocol level, a proxy that breaks things, and a checker, all outside the system they judge.

bin/chaos runs it. Nothing here imports the live side or the rehearsal: what it knows of the server it knows as a phone
knows it, from HTTP and WebSocket, and at the end from the database, the console and the export.
"""
