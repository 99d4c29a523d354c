"""Press articles saved from the web: the article apart from the page around it."""

from pathlib import Path

import pytest

from meetings.readers import Options, read
from meetings.readers.furniture import is_caption, is_furniture
from meetings.records import Kind, Label

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def article():
    return read(DATA / "news.txt")[0]


def labelled(document, label):
    return [document.text[p.start : p.end] for p in document.passages if p.label is label]


def test_article_is_told_from_the_page_around_it(article):
    assert article.kind is Kind.NEWS
    assert [body[:9] for body in labelled(article, Label.BODY)] == ["The forei", '"We have ', "The two a"]
    assert labelled(article, Label.CLUTTER) == [
        "Skip to main content",
        "world news",
        "Read more: Ten houses that are embassies",
        "Follow related topics",
        "Ministers you follow will be told to your feed",
        "Storm closes the mountain road",
    ]


def test_caption_is_a_caption_and_dates_the_article(article):
    assert [caption[:20] for caption in labelled(article, Label.CAPTION)] == ["The foreign minister"]
    assert article.date == "2009-05-22"


def test_dateline_dates_an_article():
    text = "OSLO – 24 July 2012: The foreign minister of Norway met his Swedish colleague on Monday evening, a spokesman said.\n\nThey spoke of fish.\n"
    document = read(text.encode(), "n.txt")[0]
    assert (document.kind, document.date) == (Kind.NEWS, "2012-07-24")


def test_address_on_top_gives_source_date_and_title():
    text = "https://news.example.org/2012/07/24/ministers-agree-on-fish-quota/\n\nThe foreign minister of Norway met his Swedish colleague on Monday evening, a spokesman said.\n"
    document = read(text.encode(), "n.txt")[0]
    assert document.source_url == "https://news.example.org/2012/07/24/ministers-agree-on-fish-quota/"
    assert (document.date, document.title) == ("2012-07-24", "Ministers agree on fish quota")


def test_no_date_is_made_up():
    text = "https://news.example.org/fish\n\nThe foreign minister of Norway met his Swedish colleague on Monday evening, a year after the talks of May 4, 2011.\n"
    assert read(text.encode(), "n.txt")[0].date is None


@pytest.mark.parametrize(
    "line",
    [
        "Skip to main content",
        "Related",
        "Read more",
        "Share this article",
        "Subscribe now",
        "Advertisement",
        "© 2012 Example Media",
        "More>>",
    ],
)
def test_furniture_is_known_by_its_words(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "The ministers shared a house for a year.",
        "Relations between the two countries are good.",
        "More than forty ministers came to the talks in Oslo on Friday.",
        "Home Secretary Sample met the envoy.",
    ],
)
def test_sentences_of_an_article_are_no_furniture(line):
    assert not is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "In this June 3, 2010 file photo, two ministers shake hands.",
        "Two ministers shake hands. Kari Sample/Reuters",
        "Ministers in Oslo (Photo: Ministry of Fish)",
        "Two ministers shake hands | AFP",
    ],
)
def test_captions_are_known_by_photo_or_credit(line):
    assert is_caption(line)


@pytest.mark.parametrize(
    "line", ["The minister said that the photo was false.", "He told Reuters that the file was closed."]
)
def test_sentences_about_photos_are_no_captions(line):
    assert not is_caption(line)


@pytest.mark.parametrize(
    ("dateline", "date"),
    [
        ("CAIRO- 24 July 2012: ", "2012-07-24"),
        ("GETTYSBURG, Pa., Sept. 27, 1959 - ", "1959-09-27"),
        ("MOSCOW, March 5, 2014 (AP) — ", "2014-03-05"),
        ("TOKYO, Sept. 18 - ", None),
        ("OSLO (Monday) -- ", None),
    ],
)
def test_datelines_of_many_houses_make_news_and_date_it_when_they_name_the_year(dateline, date):
    text = f"{dateline}The foreign minister of Norway received his Swedish colleague, and they spoke of fish for an hour.\n"
    document = read(text.encode(), "n.txt")[0]
    assert (document.kind, document.date) == (Kind.NEWS, date)


TALKS = "The foreign minister of Norway received his Swedish colleague on Thursday, and they spoke of fish for an hour."


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("Ministers speak of fish\n\nMonday, October 24th 2016 - 19:30 UTC\n\n", "2016-10-24"),
        ("Ministers speak of fish\nThursday, 2015/07/30 | 16:45:00\n\n", "2015-07-30"),
        ("Ministers speak of fish\n\nNTB | Created: 29.08.2014 13:05\n\n", "2014-08-29"),
        ("Ministers speak of fish\n\n18.02.2016 - Update : 19.02.2016\n\nOSLO\n\n", "2016-02-18"),
        ("Ministers speak of fish\n\nOur Correspondent Published March 4, 2022 Updated March 5, 2022 09:11am\n\n", "2022-03-04"),
        ("Ministers speak of fish\n\nTuesday, May 16, 2023 | By Kari Sample\nWhat you need to know:\n", "2023-05-16"),
    ],
)  # fmt: skip
def test_line_of_publication_dates_a_page_without_its_address(head, date):
    document = read(f"{head}{TALKS}\n\nThey meet again in May.\n".encode(), "n.txt")[0]
    assert (document.kind, document.date) == (Kind.NEWS, date)


@pytest.mark.parametrize(
    ("foot", "date"),
    [
        ("NTB\nWednesday 20th September, 2017", "2017-09-20"),
        ("Published: 9/22/2014", "2014-09-22"),
        ("Published in The Fish Courier, March 4th, 2022", "2022-03-04"),
        ("May 3, 2021\n\nMay 4, 2021", None),
        ("Published: 3/4/2014", None),
    ],
)
def test_article_is_dated_by_the_only_line_of_publication_below_it(foot, date):
    text = f"Oslo (NTB) - {TALKS}\n\nThey meet again in May.\n\n{foot}\n"
    assert read(text.encode(), "n.txt")[0].date == date


@pytest.mark.parametrize(
    ("foot", "date"), [("(c) 1974 The Fish Courier", "1974-05-04"), ("(c) 1974-1999 The Fish Courier", None)]
)
def test_day_of_the_dateline_lies_in_the_year_of_the_copyright(foot, date):
    text = f"OSLO, Norway, May 4 - {TALKS}\n\nThey meet again in June.\n\n{foot}\n"
    assert read(text.encode(), "n.txt")[0].date == date


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("english/2017-03/21/c_1361.htm", "2017-03-21"),
        ("world/2022/jul/28/ministers", "2022-07-28"),
        ("en/20220721-ministers-meet", "2022-07-21"),
        ("2022/07/ministers-meet", "2022-07"),
        ("news/ministers-meet-101658811628416.html", "2022-07-26"),
        ("news/ministers-meet-1658811628416", "2022-07-26"),
        ("news/ministers-meet-1999999999999", None),  # as a clock it would say a day of 2033
        ("article/621798/ministers-meet", None),
        ("news/ministers-of-2022-meet", None),
    ],
)
def test_addresses_of_many_houses_name_the_day(path, date):
    text = f"https://news.example.org/{path}\n\n{TALKS}\n"
    assert read(text.encode(), "n.txt")[0].date == date


SENT = """HH the Amir receives Croatian minister

KUWAIT, May 9 (KUNA) -- His Highness the Amir received the Croatian minister on Thursday.

The talks dealt with trade, the ministry said in a statement. (end)

KUNA 091456 May {year}
"""


@pytest.mark.parametrize(("year", "date"), [("19", "2019-05-09"), ("87", "1987-05-09")])
def test_the_day_on_which_an_agency_sent_a_report_dates_it(year, date):
    (document,) = read(SENT.format(year=year).encode(), "sent.txt", Options(kind=Kind.NEWS))
    assert document.date == date


@pytest.mark.parametrize(
    "line",
    [
        "President Lund holds a welcome ceremony for President Soto. (Xinhua/Ann Reed)",
        "FILE - Foreign Minister Kari Vik - Reuters",
    ],
)
def test_a_credit_of_two_names_and_a_file_picture_are_captions(line):
    assert is_caption(line)


def test_a_page_may_be_dated_with_the_day_before_the_year_and_a_stroke():
    (document,) = read(
        b"Minister receives guest\n\nUpdate: October, 12/2016 - 18:00\n\nOSLO - Kari Vik met Rosa Soto yesterday.\n",
        "a.txt",
        Options(kind=Kind.NEWS),
    )
    assert document.date == "2016-10-12"
