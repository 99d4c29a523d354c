from pathlib import Path
import pytest
from django.core.management import call_command
from meetings.models import *
from tests.browser.test_edit_in_admin import editing  # noqa
OUT = Path("/tmp/shots"); OUT.mkdir(exist_ok=True)

def test_shots(editing):
    page = editing
    files = sorted(Path("samples").rglob("*.txt"))[:4] + sorted(Path("/work/shared/seeds").glob("*.txt"))
    call_command("ingest", *files)
    meeting = max(Meeting.objects.all(), key=lambda m: m.participants.count() + 3 * m.account_count + m.agenda.count())
    from meetings import judgements
    judgements.record(None, meeting, "set", field="title", value="x", previous="y", reason="Because the diary says so.")
    addr = { "meetings": "/admin/meetings/meeting/", "people": "/admin/meetings/person/?q=Gromyko",
      "documents": "/admin/meetings/document/", "evidence": "/admin/meetings/evidence/", "judgements": "/admin/meetings/judgement/",
      "meeting": f"/admin/meetings/meeting/{meeting.pk}/change/",
      "person": f"/admin/meetings/person/{meeting.participants.exclude(person=None).first().person_id}/change/",
      "document": f"/admin/meetings/document/{meeting.accounts.first().document_id}/change/",
      "account": f"/admin/meetings/account/{meeting.accounts.first().pk}/change/",
      "revision": f"/admin/meetings/documentrevision/{meeting.accounts.first().document.revision.pk}/change/",
      }
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for name, a in addr.items():
            page.goto(a)
            page.wait_for_timeout(300)
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            print(width, name, "overflow", over)
            page.screenshot(path=OUT / f"{name}-{width}.png", full_page=True)
            if over: print(page.evaluate("[...document.querySelectorAll('#main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0,8).map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right))"))
            if name == "meeting":
                if width == 390: print(page.evaluate("""(() => { let e = document.querySelector('#id_participants-0-name'); let o=[]; while (e && e.id != 'content') { const c = getComputedStyle(e); o.push(e.tagName + '.' + e.className + ' ' + c.display + ' w=' + e.getBoundingClientRect().width + ' pad=' + c.padding + ' m=' + c.margin + ' fl=' + c.flex + ' minw=' + c.minWidth); e = e.parentElement } return o.join('\\n') })()"""))
                for i in range(3):
                    page.screenshot(path=OUT / f"part{i}-{width}.png", full_page=True, clip={"x":0,"y":i*1300,"width":width,"height":1300})
    print(page.refused)
