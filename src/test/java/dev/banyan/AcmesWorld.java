package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import module java.base;
import dev.banyan.TestClient.Answer;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.SubAccountLife;
import dev.banyan.pages.Links;
import dev.banyan.pages.Pages;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.shortlinks.ShortLinks;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceRole;
import jakarta.enterprise.context.Dependent;

/// The world of a test, in which Acme has one of everything that a route can name: its ids are found by the names of
/// the parameters. It can be filled again after a request has changed it.
@Dependent
public class AcmesWorld {

    /// Contained in all of Acme's texts, and in none of the stranger's.
    public static final String SECRET = "Saltmarsh";

    private static final String WEBHOOK = "01900000-0000-7000-8000-0000000000dd";
    private static final String DELIVERY = "01900000-0000-7000-8000-0000000000ee";
    private static final String WORKSPACE_WEBHOOK = "01900000-0000-7000-8000-0000000000de";
    private static final String WORKSPACE_DELIVERY = "01900000-0000-7000-8000-0000000000ef";

    private final TestWorld world;
    private final Pages pages;
    private final Links links;
    private final ShortLinks shortLinks;
    private final Senders senders;
    private final SubAccountLife life;
    private final WorkspaceNumbers numbers;
    private final FileStore files;

    private Optional<Project> northsProject = Optional.empty();
    private Optional<TestWorld.Guest> admin = Optional.empty();
    private Map<String, String> acmesIds = Map.of();

    AcmesWorld(
            TestWorld world,
            Pages pages,
            Links links,
            ShortLinks shortLinks,
            Senders senders,
            SubAccountLife life,
            WorkspaceNumbers numbers,
            FileStore files) {
        this.world = world;
        this.pages = pages;
        this.links = links;
        this.shortLinks = shortLinks;
        this.senders = senders;
        this.life = life;
        this.numbers = numbers;
        this.files = files;
    }

    public TestWorld people() {
        return world;
    }

    /// Returns the admin of North's workspace.
    public TestWorld.Guest admin() {
        return admin.orElseThrow();
    }

    /// Returns the ids of Acme's things by the names of the parameters that hold them.
    public Map<String, String> ids() {
        return acmesIds;
    }

    public void fill() {
        // An attack by the owner may have deleted or suspended it, or changed their e-mail.
        world.sql(
                "UPDATE identities SET email_confirmed_at = 1 WHERE home_account_id = ?",
                world.acme().account().toString());
        life.restore(world.context(world.acme()), world.north().username());
        life.reactivate(world.context(world.acme()), world.north().username());
        AccountContext north = world.context(world.acme(), world.north().username());
        world.sql("DELETE FROM links WHERE account_id = ?", world.north().id().toString());
        world.sql("DELETE FROM pages WHERE account_id = ?", world.north().id().toString());
        world.sql(
                "UPDATE account_usage SET used = 0 WHERE account_id = ?",
                world.north().id().toString());
        pages.createSample(north, "main", SECRET + " page");
        links.addSample(north, SECRET + " link", "https://" + SECRET.toLowerCase(java.util.Locale.ROOT) + ".example/");
        world.sql(
                "DELETE FROM short_links WHERE account_id = ?",
                world.north().id().toString());
        shortLinks.addSample(
                north, world.name("secret-link"), "https://example.com/", SECRET + " short link", List.of());
        world.sql(
                "UPDATE accounts SET bio = ? WHERE id = ?",
                SECRET,
                world.north().id().toString());
        String page = world.select(
                        "SELECT id FROM pages WHERE account_id = ?",
                        world.north().id().toString())
                .getFirst();
        String shortLink = world.select(
                        "SELECT id FROM short_links WHERE account_id = ?",
                        world.north().id().toString())
                .getFirst();
        String link =
                world.select("SELECT id FROM links WHERE page_id = ?", page).getFirst();
        String group = groupOf(page);
        String gone = deletedOn(page);
        Project project = northsProject.orElseGet(() -> world.project(north, SECRET + " project"));
        northsProject = Optional.of(project);
        Workspace workspace = world.workspace(north, project, SECRET + " workspace");
        admin = Optional.of(world.guest(north, workspace, "amira", WorkspaceRole.ADMIN));
        int user = admin.get().id();
        world.guest(north, workspace, "leila", WorkspaceRole.ADMIN);
        AcmesSenders theirs = sendersOfAcme(); // before the workspace gets a number of its own
        String client = numberOf(north, workspace);
        acmesIds = Map.ofEntries(
                Map.entry("session", Digests.sha256Hex(world.acme().token())),
                Map.entry("identity", world.acme().identity().toString()),
                Map.entry("projectId", project.id().toString()),
                Map.entry("subClientId", workspace.id().toString()),
                Map.entry("workspace", workspace.id().toString()),
                Map.entry("clientId", client),
                Map.entry("userId", Integer.toString(user)),
                Map.entry("registrationId", registrationIn(workspace)),
                Map.entry("accountId", world.north().id().toString()),
                Map.entry("backupId", "018f0000-0000-7000-8000-00000000b0c0"),
                Map.entry("mailId", "018f0000-0000-7000-8000-000000000000"),
                Map.entry("subAccountId", world.north().id().toString()),
                Map.entry("target", world.north().username()),
                Map.entry("as", world.north().username()),
                Map.entry("pageId", page),
                Map.entry("shortLinkId", shortLink),
                Map.entry("importId", importOf(north)),
                Map.entry("masterId", theirs.master().value()),
                Map.entry("newMasterId", theirs.other().value()),
                Map.entry("moveTo", theirs.other().value()),
                Map.entry("servantId", theirs.servant().value()),
                Map.entry("senderId", theirs.servant().value()),
                Map.entry("sender", theirs.servant().value()),
                Map.entry("master", theirs.master().value()),
                Map.entry("pool", theirs.master().value()),
                Map.entry("messageId", messageOver(client)),
                Map.entry("mediaId", mediaOfAcme()),
                Map.entry("portrait", portraitOfAcme()),
                Map.entry("outgoingId", messageOver(theirs.master().value())),
                Map.entry("connectionId", connectionOfAcme()),
                Map.entry("connection", connectionOfAcme()),
                Map.entry("proxyId", proxyOfAcme()),
                Map.entry("proxy", proxyOfAcme()),
                Map.entry("backupMaster", theirs.other().value()),
                Map.entry("to", theirs.other().value()),
                Map.entry("campaignId", campaignOver(theirs.master())),
                Map.entry("contactPhone", optOutOfAcme()),
                Map.entry("decisionId", decisionAbout(theirs.master())),
                Map.entry("runId", runWith(theirs.servant())),
                Map.entry("keyId", keyOfAcme()),
                Map.entry("jobId", "unheard-of"),
                Map.entry("linkId", link),
                Map.entry("item", link),
                Map.entry("groupId", group),
                Map.entry("group", group),
                Map.entry("deletedId", gone),
                Map.entry("personId", invitationOfAcme()),
                Map.entry("memberId", world.acme().account().toString()),
                Map.entry("passkey", passkeyOfAcme()),
                Map.entry("subAccount", world.north().username()),
                Map.entry("iconId", iconOf(north)),
                Map.entry("brand", world.north().username()),
                Map.entry("into", world.north().username()),
                Map.entry("page", page),
                Map.entry("templateId", templateOfAcme()),
                Map.entry("webhookId", webhookOf(north, WEBHOOK, Optional.empty())),
                Map.entry("domainId", domainOf(north)),
                Map.entry("moveId", moveOf(north)),
                Map.entry("transferId", moveOf(north)),
                Map.entry("exportId", exportOf(north)),
                Map.entry("delivery", deliveryOf(north, DELIVERY, WEBHOOK)),
                Map.entry("keyOfWorkspace", keyOf(workspace)),
                Map.entry("webhookOfWorkspace", webhookOf(north, WORKSPACE_WEBHOOK, Optional.of(workspace.id()))),
                Map.entry("deliveryOfWorkspace", deliveryOf(north, WORKSPACE_DELIVERY, WORKSPACE_WEBHOOK)));
        world.east();
    }

    /// Returns a person who is waiting for an admin's approval.
    private String registrationIn(Workspace workspace) {
        String id = UUID.randomUUID().toString();
        world.sql(
                "INSERT INTO workspace_registrations (id, tenant_id, sub_client_id, username, email, password_hash,"
                        + " proof, created_at, expires_at) VALUES (?, ?, ?, ?, ?, 'none', 'approval', 1, ?)",
                id,
                workspace.owner().tenant().toString(),
                workspace.id().value(),
                SECRET,
                SECRET.toLowerCase(java.util.Locale.ROOT) + "@people.example",
                Long.MAX_VALUE);
        return id;
    }

    private String keyId(String kind) {
        return kind + "%07d".formatted(Integer.parseInt(world.name("").strip()));
    }

    private String keyOfAcme() {
        String id = keyId("k");
        world.sql("DELETE FROM api_keys WHERE id = ?", id);
        world.sql(
                "INSERT INTO api_keys (id, tenant_id, name, secret_hash, permissions, is_active, created_by, created_at)"
                        + " VALUES (?, ?, ?, 'none', 'read:pages', 1, ?, 1)",
                id,
                world.acme().account().toString(),
                SECRET + " key",
                world.acme().identity().toString());
        return id;
    }

    private String keyOf(Workspace workspace) {
        String id = keyId("w");
        world.sql("DELETE FROM workspace_api_keys WHERE id = ?", id);
        world.sql(
                "INSERT INTO workspace_api_keys (id, tenant_id, sub_client_id, name, secret_hash, permissions,"
                        + " made_by_user, created_at) VALUES (?, ?, ?, ?, 'none', 'users', 1, 1)",
                id,
                world.acme().account().toString(),
                workspace.id().value(),
                SECRET + " key");
        return id;
    }

    private String proxyOfAcme() {
        String id = "01900000-0000-7000-8000-0000000000cc";
        world.sql("DELETE FROM proxies WHERE id = ?", id);
        world.sql(
                "INSERT INTO proxies (id, tenant_id, name, kind, host, port, user_name, capacity, is_enabled, created_at,"
                        + " updated_at) VALUES (?, ?, ?, 'http', 'proxy.example', 3128, '', 9, 1, 1, 1)",
                id,
                world.acme().account().toString(),
                SECRET + " proxy");
        return id;
    }

    private String importOf(AccountContext north) {
        String id = "01900000-0000-7000-8000-0000000000cc";
        String account = world.north().id().toString();
        if (world.select("SELECT id FROM short_links WHERE account_id = ? AND import_id = '" + id + "'", account)
                .isEmpty()) {
            String slug = world.name("imported");
            shortLinks.addSample(north, slug, "https://example.com/", "Taken", List.of());
            world.sql("UPDATE short_links SET import_id = ? WHERE slug = ?", id, slug);
        }
        return id;
    }

    private String templateOfAcme() {
        String id = "01900000-0000-7000-8000-0000000000bb";
        world.sql("DELETE FROM brand_templates WHERE id = ?", id);
        world.sql(
                "INSERT INTO brand_templates (id, tenant_id, name, parts, source, created_at, updated_at)"
                        + " VALUES (?, ?, ?, 'look', 'gone', 1, 1)",
                id,
                world.acme().account().toString(),
                SECRET + " template");
        return id;
    }

    private String webhookOf(AccountContext account, String id, Optional<WorkspaceId> workspace) {
        world.sql("DELETE FROM webhook_endpoints WHERE id = ?", id);
        world.sql(
                "INSERT INTO webhook_endpoints (id, tenant_id, account_id, url, events, secret, is_active, failures,"
                        + " resumes_at, free_at, created_at, updated_at, sub_client_id)"
                        + " VALUES (?, ?, ?, ?, 'page.*', 'v1', 0, 0, 0, 0, 1, 1, nullif(?, ''))",
                id,
                account.root().id().toString(),
                account.acting().id().toString(),
                "https://" + SECRET.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "") + ".example/",
                workspace.map(WorkspaceId::value).orElse(""));
        return id;
    }

    private String exportOf(AccountContext account) {
        String id = "01900000-0000-7000-8000-0000000000ac";
        world.sql("DELETE FROM account_exports WHERE id = ?", id);
        world.sql(
                "INSERT INTO account_exports (id, tenant_id, account_id, username, is_whole, state, progress, attempts,"
                        + " requested_by_identity_id, problem, created_at, claimed_until_at, expires_at)"
                        + " VALUES (?, ?, ?, 'north', 0, 'failed', 0, 3, ?, ?, 1, 1, 9007199254740991)",
                id,
                account.root().id().toString(),
                account.acting().id().toString(),
                account.identity().toString(),
                SECRET + " problem");
        return id;
    }

    private String domainOf(AccountContext account) {
        String id = "01900000-0000-7000-8000-0000000000ab";
        world.sql("DELETE FROM domains WHERE id = ?", id);
        world.sql(
                "INSERT INTO domains (id, tenant_id, account_id, host, state, due_at, created_at)"
                        + " VALUES (?, ?, ?, ?, 'pending', 9007199254740991, 1)",
                id,
                account.root().id().toString(),
                account.acting().id().toString(),
                SECRET.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "") + ".example");
        return id;
    }

    private String moveOf(AccountContext brand) {
        String id = "01900000-0000-7000-8000-0000000000ac";
        world.sql("DELETE FROM account_moves WHERE id = ?", id);
        world.sql(
                "INSERT INTO account_moves (id, moved_account_id, kind, state, from_account_id, to_email, token_hash,"
                        + " offered_by_identity_id, offered_at, ends_at)"
                        + " VALUES (?, ?, 'conversion', 'canceled', ?, ?, ?, ?, 1, 9007199254740991)",
                id,
                brand.acting().id().toString(),
                brand.root().id().toString(),
                SECRET.toLowerCase(Locale.ROOT) + "@people.example",
                id,
                brand.identity().toString());
        return id;
    }

    private String deliveryOf(AccountContext account, String id, String webhook) {
        world.sql(
                "INSERT INTO webhook_deliveries (id, tenant_id, endpoint_id, event_id, event_type, subject, body, state,"
                        + " attempts, due_at, created_at) VALUES (?, ?, ?, 'msg_1', 'page.created', 'p', ?, 'failed', 1, 1, 4102444800000)",
                id,
                account.root().id().toString(),
                webhook,
                "{\"type\":\"" + SECRET + "\"}");
        return id;
    }

    private String iconOf(AccountContext account) {
        String id = "01900000-0000-7000-8000-0000000000aa";
        world.sql("DELETE FROM social_icons WHERE id = ?", id);
        world.sql(
                "INSERT INTO social_icons (id, tenant_id, account_id, platform, url, position, active, created_at, "
                        + "updated_at) VALUES (?, ?, ?, 'instagram', 'https://icon.example/', 0, 1, 0, 0)",
                id,
                account.root().id().toString(),
                account.acting().id().toString());
        return id;
    }

    /// Created through the API, so that the counters are correct.
    private String groupOf(String page) {
        changeLinks(page, Map.of("groups", List.of(Map.of("operation", "add", "title", SECRET + " group"))));
        return world.select("SELECT id FROM link_groups WHERE page_id = ?", page)
                .getFirst();
    }

    /// Returns an item that can be restored.
    private String deletedOn(String page) {
        String title = SECRET + " gone";
        changeLinks(
                page,
                Map.of("links", List.of(Map.of("operation", "add", "title", title, "url", "https://gone.example/"))));
        String id = world.select("SELECT id FROM links WHERE page_id = ? AND title = ?", page, title)
                .getFirst();
        changeLinks(page, Map.of("links", List.of(Map.of("operation", "remove", "id", id))));
        return world.select(
                        "SELECT id FROM deleted_contents WHERE account_id = ? ORDER BY id DESC",
                        world.north().id().toString())
                .getFirst();
    }

    private void changeLinks(String page, Map<String, Object> body) {
        Answer answer = TestClient.of(world.acme())
                .put(
                        "/api/admin/UpdateLinks?pageId=" + page + "&subAccountId="
                                + world.north().id(),
                        body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private record AcmesSenders(SenderId master, SenderId other, SenderId servant) {}

    /// Creates numbers, which belong to the root account.
    private AcmesSenders sendersOfAcme() {
        AccountId acme = world.acme().account();
        world.sql("DELETE FROM senders WHERE role = 'servant' AND tenant_id = ?", acme.toString());
        // The newest of those of workspaces stays, because their ids must not be reused.
        world.sql("""
                DELETE FROM senders WHERE tenant_id = ? AND (id NOT LIKE 'wa%' OR CAST(substr(id, 3) AS INTEGER) <
                    (SELECT max(CAST(substr(id, 3) AS INTEGER)) FROM senders WHERE id LIKE 'wa%'))
                """, acme.toString());
        SenderId master = added(senders.addMaster(acme, Actor.SERVER, newMaster(" master")));
        SenderId other = added(senders.addMaster(acme, Actor.SERVER, newMaster(" other master")));
        SenderId servant = added(senders.addServant(
                acme,
                Actor.SERVER,
                new Senders.NewServant(master, "+971500000102", SECRET + " servant", Optional.of(SECRET))));
        return new AcmesSenders(master, other, servant);
    }

    private static Senders.NewMaster newMaster(String name) {
        return new Senders.NewMaster(Optional.empty(), SECRET + name, Optional.empty(), MasterType.PRIMARY);
    }

    private static SenderId added(Senders.Added added) {
        return switch (added) {
            case Senders.Added.Done done -> done.sender().id();
            case Senders.Added other -> fail("Not added: %s", other);
        };
    }

    private String numberOf(AccountContext north, Workspace workspace) {
        return Outcomes.value(numbers.create(new WorkspaceActor.ProjectSide(north), workspace.id()))
                .id()
                .value();
    }

    private String passkeyOfAcme() {
        String id = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(world.acme().username().getBytes(StandardCharsets.UTF_8));
        world.sql("DELETE FROM passkeys WHERE credential_id = ?", id);
        world.sql("""
                INSERT INTO passkeys (credential_id, identity_id, name, public_key, sign_count, transports, created_at)
                VALUES (?, ?, ?, 'cHVi', 0, '', 0)
                """, id, world.acme().identity().toString(), SECRET);
        return id;
    }

    private String portraitOfAcme() {
        String name = world.acme().identity() + ".jpg";
        files.put("people/" + name, StoredFile.of(SECRET.getBytes(StandardCharsets.UTF_8)));
        world.sql(
                "UPDATE identities SET picture = ? WHERE id = ?",
                name,
                world.acme().identity().toString());
        return name;
    }

    private String mediaOfAcme() {
        String id = UUID.randomUUID().toString();
        String acme = world.acme().account().toString();
        world.sql("""
                INSERT INTO message_files (id, tenant_id, account_id, name, content_type, size, path, expires_at,
                    created_at)
                VALUES (?, ?, ?, 'menu.txt', 'text/plain', 5, ?, 9007199254740991, 0)
                """, id, acme, world.north().id().toString(), "outgoing/" + acme + "/" + id);
        return id;
    }

    private String invitationOfAcme() {
        String acme = world.acme().account().toString();
        String id = UUID.randomUUID().toString();
        world.sql("DELETE FROM membership_invitations WHERE tenant_id = ?", acme);
        world.sql("""
                INSERT INTO membership_invitations (id, tenant_id, email, role, scope, state, token_hash,
                    link_expires_at, created_at, updated_at)
                VALUES (?, ?, ?, 'manager', 'all', 'pending', ?, 0, 0, 0)
                """, id, acme, SECRET.toLowerCase(java.util.Locale.ROOT) + "@people.example", id);
        return id;
    }

    /// Returns a bulk action that was previewed but not run.
    private String runWith(SenderId servant) {
        Answer tried = TestClient.of(world.acme())
                .form(
                        "/admin/pools/bulk/plan",
                        Map.of("as", world.acme().username(), "act", "remove", "sender", servant.value()));
        assertThat(tried.status()).as(tried.text()).isEqualTo(200);
        return tried.text().replaceFirst("(?s).*/admin/pools/bulk/([0-9a-f-]{36})/start.*", "$1");
    }

    private String connectionOfAcme() {
        // Another one in each world: the server remembers connections by their id for a minute.
        byte[] acme = world.acme().account().toString().getBytes(StandardCharsets.UTF_8);
        String id = UUID.nameUUIDFromBytes(acme).toString();
        world.sql("DELETE FROM whatsapp_connections WHERE id = ?", id);
        world.sql("""
                INSERT INTO whatsapp_connections (id, tenant_id, name, driver, url, sealed_credentials, created_at,
                    updated_at)
                VALUES (?, ?, ?, 'waha', 'http://127.0.0.1:9', 'v1.k.n.s', 1, 1)
                """, id, world.acme().account(), SECRET + " connection");
        return id;
    }

    private String campaignOver(SenderId master) {
        String id = "01900000-0000-7000-8000-0000000000cc";
        String acme = world.acme().account().toString();
        world.sql("DELETE FROM campaigns WHERE id = ?", id);
        world.sql("""
                INSERT INTO campaigns (id, tenant_id, name, master_id, body, state, next_at, last_position, measured,
                    created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, 'draft', 0, 1, 0, 0, 0)
                """, id, acme, SECRET + " campaign", master.value(), SECRET);
        world.sql("""
                INSERT INTO campaign_recipients (campaign_id, position, tenant_id, phone, typed, name, state, is_first,
                    changed_at)
                VALUES (?, 1, ?, '+971500000201', '', ?, 'pending', 1, 0)
                """, id, acme, SECRET);
        world.sql("INSERT INTO campaign_counts VALUES (?, ?, 'pending', 1)", id, acme);
        return id;
    }

    private String optOutOfAcme() {
        String acme = world.acme().account().toString();
        world.sql("DELETE FROM opt_outs WHERE tenant_id = ?", acme);
        world.sql("INSERT INTO opt_outs VALUES (?, '+971500000299', 'person', NULL, NULL, ?, 1)", acme, SECRET);
        return "971500000299";
    }

    /// Returns a failover that was refused.
    private String decisionAbout(SenderId master) {
        String id = UUID.randomUUID().toString();
        world.sql("""
                INSERT INTO failover_decisions (id, tenant_id, master_id, kind, cause, outcome, trigger_text, actor, seen,
                    rules, rejected, moved_servants, moved_contacts, moved_messages, took_ms, created_at)
                VALUES (?, ?, ?, 'failover', 'detected', 'refused', ?, 'server', '', '', '', 0, 0, 0, 1,
                    9007199254740991)
                """, id, world.acme().account().toString(), master.value(), SECRET);
        return id;
    }

    /// Returns a message in a final state, so that no job changes it during a test.
    private String messageOver(String client) {
        String id = UUID.randomUUID().toString();
        world.sql("""
                INSERT INTO outgoing_messages (id, tenant_id, master_id, phone, body, idempotency_key, state, attempts,
                    due_at, created_at, state_changed_at)
                VALUES (?, ?, ?, '+971500000201', ?, ?, 'failed', 1, 0, 0, 0)
                """, id, world.acme().account().toString(), client, SECRET, "api-" + id);
        return id;
    }
}
