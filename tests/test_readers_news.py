"""Press articles saved from the web: the article apart from the page around it."""

from pathlib import Path

import pytest

from meetings.readers import read
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
