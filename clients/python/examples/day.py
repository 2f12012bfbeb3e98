import os
from banyan_client import Banyan
banyan = Banyan(os.environ["BANYAN_URL"], os.environ["BANYAN_TOKEN"])
brand = banyan.call("createSubAccount", body={"username": "north-cafe", "displayName": "North Café"})["subAccount"]
banyan.call("createPage", query={"subAccountId": brand["id"]}, body={"slug": "start", "name": "Start"})
banyan.call("updateLinks", query={"subAccountId": brand["id"]}, body={"links": [
    {"operation": "add", "title": "Menu", "url": "https://example.com/menu"}]})
order = banyan.call("orderMessages", body={"master": "amira-nasser", "to": "+971500000201", "text": "Ready."})
if "id" in order:
    print(banyan.call("getMessage", path={"messageId": order["id"]})["state"])
for contact in banyan.pages("listMemberInboxContacts", query={"shortPath": "x7M2-sales", "limit": "50"}):
    print(contact["name"], contact.get("phone"))
