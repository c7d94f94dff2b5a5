"""A list of people comes from a file whole, or not at all."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from workshops import roster

GOOD = """name,organisation,role,email
Ben Adeyemi,Larkham,Radiographer,ben@example.org
Chi Nakamura,Thornbeck,Physicist,
"""


def send(console, workshop, content: bytes):
    file = SimpleUploadedFile("people.csv", content, content_type="text/csv")
    return console.post(reverse("invited-preview", args=[workshop.code]), {"file": file})


def test_a_list_is_looked_at_before_it_is_kept(console, workshop):
    answer = send(console, workshop, GOOD.encode())
    assert "2 people to add" in answer.content.decode()
    assert "2 new organisations will be made" in answer.content.decode()
    assert workshop.participants.count() == 0
    console.post(reverse("invited-take", args=[workshop.code]), {"list": GOOD})
    assert [(one.name, one.organisation.name, one.role) for one in workshop.participants.all()] == [
        ("Ben Adeyemi", "Larkham", "Radiographer"),
        ("Chi Nakamura", "Thornbeck", "Physicist"),
    ]


def test_somebody_who_is_on_the_list_already_stays_as_they_are(console, workshop, network):
    network.organisations.create(name="Larkham University Hospitals", short="Larkham")
    for _time in range(2):
        console.post(reverse("invited-take", args=[workshop.code]), {"list": GOOD})
    assert workshop.participants.count() == 2
    assert network.organisations.count() == 2


def test_excel_may_use_semicolons_and_a_mark_at_the_beginning():
    found = roster.read(
        "\ufeffName;Organisation;Role;Role group\nDee Ó Brien;Wyndale;Patient partner;patient\n".encode()
    )
    assert found.faults == []
    assert found.entries == [roster.Entry(2, "Dee Ó Brien", "Wyndale", "Patient partner", "patient")]


def test_a_comma_inside_quotation_marks_belongs_to_the_cell():
    found = roster.read(b'name,organisation,role\nBen,"Larkham, North","Nurse, ""lead"""\n')
    assert found.entries == [roster.Entry(2, "Ben", "Larkham, North", 'Nurse, "lead"')]


def test_another_encoding_is_named_with_its_line_and_refused(console, workshop):
    answer = send(console, workshop, "name,organisation,role\nBen,Larkham,Nurse\nZoë,Larkham,Nurse\n".encode("latin-1"))
    assert answer.status_code == 422
    assert "Line 3, cell 1: a letter that is not written in UTF-8." in answer.content.decode()
    assert workshop.participants.count() == 0


def test_a_missing_column_is_named():
    assert roster.read(b"name,trust,role\nBen,Larkham,Nurse\n").faults == [
        "Line 1: the column “organisation” is missing. The first line has: name, trust, role."
    ]


def test_one_bad_line_keeps_everybody_out(console, workshop):
    bad = GOOD + "Dee,Wyndale,\n"
    assert roster.read_text(bad).faults == ["Line 4, column “role”: there is nothing here."]
    assert send(console, workshop, bad.encode()).status_code == 422
    assert console.post(reverse("invited-take", args=[workshop.code]), {"list": bad}).status_code == 422
    assert workshop.participants.count() == 0


def test_a_person_twice_in_a_file_is_a_fault():
    assert roster.read_text(GOOD + "ben adeyemi,larkham,Nurse\n").faults == [
        "Line 4, column “name”: ben adeyemi of larkham is on line 2 already."
    ]


def test_a_quotation_mark_that_is_not_closed_is_a_fault():
    assert roster.read(b'name,organisation,role\nBen,"Larkham,Nurse\n').faults == [
        "Line 2: a quotation mark is opened and not closed, or stands inside a cell."
    ]


def test_too_many_cells_are_a_fault():
    assert roster.read(b"name,organisation,role\nBen,Larkham, North,Nurse\n").faults == [
        "Line 2: 4 cells, but the heading has 3. Is a quotation mark missing?"
    ]


def test_an_empty_file_and_a_lone_heading_are_faults():
    assert roster.read(b"").faults == ["The file is empty."]
    assert roster.read(b"name,organisation,role\n\n").faults == ["There is a heading, but nobody under it."]


def test_a_workbook_is_not_a_list(console, workshop):
    assert "This is not a CSV file in UTF-8." in roster.read(b"PK\x03\x04\xff\xfe rest").faults[0]


def test_the_example_can_be_read_back():
    found = roster.read(roster.example())
    assert (len(found.entries), found.faults, found.ignored) == (3, [], [])


def test_one_person_is_added_by_hand_and_taken_off_again(console, workshop):
    given = {"name": "Dee", "organisation": "Wyndale", "role": "Nurse"}
    console.post(reverse("invited-add", args=[workshop.code]), given)
    dee = workshop.participants.get(name="Dee")
    assert console.post(reverse("invited-add", args=[workshop.code]), given).status_code == 422
    console.post(reverse("invited-remove", args=[workshop.code, dee.pk]))
    assert workshop.participants.count() == 0


def test_somebody_who_is_here_cannot_be_taken_off_the_list(console, workshop, ben):
    console.post(reverse("invited-remove", args=[workshop.code, ben.pk]))
    assert workshop.participants.get() == ben
