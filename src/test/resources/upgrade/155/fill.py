#!/usr/bin/env python3
"""Fills a new server of schema 155, and writes down what it answers: see README.md.

    fill.py http://127.0.0.1:18155 SETUP-TOKEN > answers.json
"""
import json, sys, time, urllib.parse, urllib.request

SERVER, SETUP = sys.argv[1:]
PASSWORD = "correct horse battery"


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


OPENER = urllib.request.build_opener(Stay)


def send(method, path, body=None, token="", form=None):
    data = json.dumps(body).encode() if body is not None else urllib.parse.urlencode(form).encode() if form else None
    request = urllib.request.Request(SERVER + path, data, method=method)
    if body is not None:
        request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", "Bearer " + token)
    try:
        with OPENER.open(request) as answer:
            text = answer.read().decode()
            return json.loads(text) if text.startswith("{") else text
    except urllib.error.HTTPError as refused:
        if refused.code == 303:
            return ""
        raise SystemExit("%s %s: %d %s" % (method, path, refused.code, refused.read().decode()[:500]))


def upload(path, token, conversation, name, content):
    body = "".join('--b\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n' % part for part in (
        ('name="conversationId"', conversation), ('name="file"; filename="%s"\r\nContent-Type: text/plain' % name, content)))
    request = urllib.request.Request(SERVER + path, (body + "--b--\r\n").encode(), {
        "Content-Type": "multipart/form-data; boundary=b", "Authorization": "Bearer " + token})
    return json.loads(OPENER.open(request).read())


def find(answer, name):
    """Returns the first value of that name, however deep."""
    for key, value in answer.items():
        found = value if key == name else find(value, name) if isinstance(value, dict) else None
        if found is not None:
            return found


# The agency and its brands.
send("POST", "/setup", form={"token": SETUP, "displayName": "Palm Studio", "username": "palm",
                             "email": "owner@people.example", "password": PASSWORD})
owner = find(send("POST", "/api/login", {"email": "owner@people.example", "password": PASSWORD}), "token")
send("POST", "/api/register", {"email": "rania@people.example", "username": "rania", "password": PASSWORD})
north = find(send("POST", "/api/admin/CreateSubAccount", {"username": "north", "displayName": "North Bakery",
                                                          "notes": "Renews in May"}, owner), "id")
send("POST", "/api/admin/CreateSubAccount", {"username": "south", "displayName": "South Garage"}, owner)

# Pages, links, short links.
page = find(send("POST", "/api/admin/CreatePage?subAccountId=" + north, {"slug": "menu", "name": "Our menu"}, owner), "id")
send("PUT", "/api/admin/UpdateLinks?subAccountId=%s&pageId=%s" % (north, page), {"links": [
    {"operation": "add", "title": "Order bread", "url": "https://north.example/bread"},
    {"operation": "add", "title": "Opening hours", "url": "https://north.example/hours"}]}, owner)
send("PUT", "/api/admin/updateShortLinks", {"shortLinks": [{"operation": "add", "slug": "spring", "targetUrl": "https://palm.example/spring"}]}, owner)

# A project with two workspaces, their people, and what they wrote.
project = find(send("POST", "/api/projects", {"name": "Atlas", "sub_clients_enabled": True}, owner), "id")
rooms = "/api/projects/%s/sub-clients" % project
sales = send("POST", rooms, {"name": "Sales", "description": "The sales team"}, owner)
send("POST", rooms, {"name": "Support"}, owner)
room = rooms + "/" + find(sales, "id")
short = find(sales, "short_id") + "-" + find(sales, "pathname")
for name, role in ("amira", "admin"), ("omar", "user"), ("nour", "agent"):
    send("POST", room + "/users", {"username": name, "email": name + "@guests.example", "password": PASSWORD,
                                   "role": role}, owner)
amira, omar = [find(send("POST", "/api/sub-client/login", {"shortPath": short, "usernameOrEmail": name,
                                                          "password": PASSWORD}), "token") for name in ("amira", "omar")]
send("POST", "/api/sub-client/chat/send", {"shortPath": short, "message": "When do we open on Friday?"}, omar)
talk = send("GET", "/api/sub-client/conversations?shortPath=" + short, token=omar)["data"]["conversations"][0]["id"]
note = find(upload("/api/sub-client/attachments?shortPath=" + short, omar, talk, "hours.txt", "Fridays from eight"), "id")
send("POST", "/api/sub-client/chat/send", {"shortPath": short, "conversationId": talk, "message": "These are the hours",
                                           "attachments": [note]}, omar)

# Simulated numbers: a pool, and the number of a workspace with a customer who writes.
send("POST", "/api/whatsapp/masters", {"id": "desk", "displayName": "Desk", "phone": "+971500000101"}, owner)
send("POST", "/api/whatsapp/masters/desk/link", {}, owner)
send("POST", "/api/whatsapp/senders/desk/scan", {}, owner)
for text in "Your order is ready", "See you tomorrow":
    send("POST", "/api/whatsapp/messages", {"master": "desk", "to": "+971500000201", "text": text}, owner)
send("POST", "/api/whatsapp/simulator/messages", {"sender": "desk", "from": "+971500000202", "name": "Lina",
                                                  "text": "Do you deliver?"}, owner)

# What other programs get, and how people sign in. The provider doesn't exist; its secret is sealed with credentials.key.
secret = send("POST", "/api/admin/webhooks", {"url": "http://127.0.0.1:9/hook", "events": ["page.*"]}, owner)
secret = find(secret, "secret")
send("POST", room + "/webhooks", {"url": "http://127.0.0.1:9/room", "events": ["conversation.*"]}, owner)
key = find(send("POST", "/api/admin/apikeyscreate", {"name": "Reports", "permissions": ["read:links"]}, owner), "key")["key"]
send("PUT", room + "/sso", {"kind": "oidc", "label": "Office", "issuer": "https://login.office.example",
                            "clientId": "banyan", "clientSecret": "sealed with the key of this folder",
                            "roles": {"bosses": "admin", "everyone": "user"}}, owner)

slug = send("GET", "/api/admin/getShortLinks", token=owner)["shortLinks"][0]["slug"]
time.sleep(8)  # until the messages have arrived and the jobs have run
paths = {
    owner: ["/api/me", "/api/admin/GetSubAccounts", "/api/admin/GetPages?subAccountId=" + north,
            "/api/admin/GetLinks?subAccountId=%s&pageId=%s" % (north, page), "/api/admin/getShortLinks", "/api/projects",
            rooms, room + "/users", room + "/webhooks", room + "/sso", "/api/admin/webhooks", "/api/admin/apikeyslist",
            "/api/whatsapp/masters", "/api/whatsapp/messages?master=desk"],
    amira: ["/api/sub-client/me?shortPath=" + short],
    omar: ["/api/sub-client/chat/messages?shortPath=" + short]}
names = {owner: "owner@people.example", amira: "amira", omar: "omar"}
print(json.dumps({
    "password": PASSWORD, "shortPath": short, "webhookSecret": secret, "key": key,
    "page": "/north/menu", "shortLink": "/l/" + slug, "attachment": "/api/sub-client/attachments/%s?shortPath=%s" % (note, short),
    "answers": [{"as": names[token], "path": path, "answer": send("GET", path, token=token)}
                for token, some in paths.items() for path in some]}, indent=1, ensure_ascii=False))
