package dev.banyan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient.Answer;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.SubAccountLife;
import dev.banyan.accounts.signin.SignIns;
import dev.banyan.pages.Links;
import dev.banyan.pages.Pages;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.AuditChain;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.schema.DefaultSchema;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls every route of the application as a stranger, with Acme's ids in every parameter: the response must be "not
/// found", without showing or changing Acme's data. New routes are included automatically; routes without tenant data
/// are listed by name.
@QuarkusTest
class TenantIsolationTest {

    /// Contained in all of Acme's texts, and in none of the stranger's.
    private static final String SECRET = "Saltmarsh";

    private static final String WEBHOOK = "01900000-0000-7000-8000-0000000000dd";
    private static final String DELIVERY = "01900000-0000-7000-8000-0000000000ee";
    private static final String WORKSPACE_WEBHOOK = "01900000-0000-7000-8000-0000000000de";
    private static final String WORKSPACE_DELIVERY = "01900000-0000-7000-8000-0000000000ef";

    /// Routes without a tenant, and why.
    private static final Map<String, String> WITHOUT_TENANT_DATA = Map.ofEntries(
            Map.entry("GET /admin/analytics/reports/{key}", "asks whether to; shows nothing of the account"),
            Map.entry("POST /admin/analytics/reports/{key}", "the secret of a mail; answers any key alike"),
            Map.entry("GET /", "leads to the login or to the own dashboard"),
            Map.entry("GET /admin", "leads to the own dashboard"),
            Map.entry("GET /login", "the door"),
            Map.entry("GET /sso", "the door"),
            Map.entry("POST /sso", "the door"),
            Map.entry("GET /sso/{username}", "the door of an account’s members"),
            Map.entry("POST /sso/{username}", "the door of an account’s members"),
            Map.entry("GET /sso/{username}/callback", "the door of an account’s members"),
            Map.entry("GET /sso/{username}/metadata", "the door of an account’s members"),
            Map.entry("POST /sso/{username}/acs", "the door of an account’s members"),
            Map.entry("POST /login", "the door"),
            Map.entry("POST /login/code", "works with a secret that the first step of a sign-in gave"),
            Map.entry("POST /login/code/resend", "works with a secret that the first step of a sign-in gave"),
            Map.entry("POST /login/code/passkey", "works with a secret that the first step of a sign-in gave"),
            Map.entry("POST /login/code/passkey/options", "works with a secret that the first step of a sign-in gave"),
            Map.entry("POST /login/passkey", "the door"),
            Map.entry("POST /login/passkey/options", "the door"),
            Map.entry("GET /forgot-password", "the door"),
            Map.entry("POST /forgot-password", "the door"),
            Map.entry("GET /reset-password", "the door"),
            Map.entry("POST /reset-password", "works with a secret that was mailed"),
            Map.entry("POST /api/public/PasswordReset", "works with a secret that was mailed"),
            Map.entry("POST /api/public/2fatoken", "works with a secret that the first step of a sign-in gave"),
            Map.entry("GET /register", "the door"),
            Map.entry("POST /register", "the door"),
            Map.entry("POST /logout", "ends the own session"),
            Map.entry("GET /confirm-email", "works with a secret that was mailed"),
            Map.entry("GET /invitation", "works with a secret that was mailed"),
            Map.entry("POST /invitation", "works with a secret that was mailed"),
            Map.entry("GET /conversion", "works with a secret that was mailed"),
            Map.entry("POST /conversion", "works with a secret that was mailed"),
            Map.entry("GET /pools/approve", "works with a secret that was mailed"),
            Map.entry("POST /pools/approve", "works with a secret that was mailed"),
            Map.entry("GET /admin/invitations", "the person's own, whichever account they act for (PeoplePagesTest)"),
            Map.entry("POST /admin/invitations/{accountId}/accept", "answers what is addressed to one's own e-mail"),
            Map.entry("POST /admin/invitations/{accountId}/reject", "answers what is addressed to one's own e-mail"),
            Map.entry("POST /admin/invitations/{accountId}/leave", "ends the person's own membership"),
            Map.entry("GET /setup", "works with a secret that the server printed"),
            Map.entry("POST /setup", "works with a secret that the server printed"),
            Map.entry("POST /theme", "sets a cookie"),
            Map.entry("POST /api/admin/AcceptConversion", "works with a secret that was mailed"),
            Map.entry("GET /api/siteadmin/support", "for operators; SupportTest"),
            Map.entry("POST /api/siteadmin/support", "for operators; SupportTest"),
            Map.entry("POST /api/siteadmin/support/end", "for operators; SupportTest"),
            Map.entry("GET /api/siteadmin/listtimers", "about the server, for operators"),
            Map.entry("POST /api/siteadmin/runtimer", "about the server, for operators"),
            Map.entry("GET /healthz", "about the server"),
            Map.entry("GET /readyz", "about the server"),
            Map.entry("GET /openapi.json", "about the server"),
            Map.entry("GET /docs", "about the server"),
            Map.entry("GET /docs/{group}", "about the server"),
            Map.entry("GET /docs/events", "about the server"),
            Map.entry("GET /api/webhook-event-types", "about the server"),
            Map.entry("GET /internal/domain", "says of a host whether something is there, as the host itself does"),
            Map.entry("GET /.well-known/security.txt", "about the server"),
            Map.entry("POST /api/register", "the door"),
            Map.entry("POST /api/login", "the door"),
            Map.entry("POST /api/confirm", "proves the own session"),
            Map.entry("GET /login/confirm", "proves the own session"),
            Map.entry("POST /login/confirm", "proves the own session"),
            Map.entry("POST /login/confirm/passkey", "proves the own session"),
            Map.entry("POST /login/confirm/passkey/options", "proves the own session"),
            Map.entry("POST /api/logout", "ends the own session"),
            Map.entry("POST /api/public/Login", "the door"),
            Map.entry("POST /api/public/Signup", "the door"),
            Map.entry("POST /api/public/RefreshToken", "goes on with the own session"),
            Map.entry("POST /api/public/Logout", "ends the own session"),
            Map.entry("GET /projects/{projectId}/conversations", "leads everybody on to a public address"),
            Map.entry("GET /api/sub-clients/lookup", "a public address, made to be asked by everybody"),
            Map.entry("POST /api/sub-client/login", "the door of a workspace"),
            Map.entry("POST /api/sub-client/register", "the door of a workspace"),
            Map.entry("POST /api/sub-client/forgot-password", "the door of a workspace"),
            Map.entry("POST /api/sub-client/confirm", "works with a secret that was mailed"),
            Map.entry("POST /api/sub-client/confirm/again", "the door of a workspace"),
            Map.entry("POST /api/sub-client/invitation", "works with a secret that was mailed"));

    /// Routes for people of a single workspace, which don't name an account. `WorkspaceIsolationTest` calls them with
    /// every kind of caller.
    private static final Set<String> OF_WORKSPACE_USERS = Set.of(
            "POST /api/sub-client/logout",
            "GET /api/sub-client/me",
            "PUT /api/sub-client/me",
            "PUT /api/sub-client/password",
            "POST /api/sub-client/proof",
            "GET /api/sub-client/conversations",
            "GET /api/sub-client/conversations/{conversationId}",
            "PUT /api/sub-client/conversations/{conversationId}",
            "DELETE /api/sub-client/conversations/{conversationId}",
            "GET /api/sub-client/conversations/{conversationId}/messages",
            "POST /api/sub-client/attachments",
            "GET /api/sub-client/attachments/{attachmentId}",
            "DELETE /api/sub-client/attachments/{attachmentId}",
            "GET /api/sub-client/chat/messages",
            "POST /api/sub-client/chat/send",
            "GET /api/sub-client/inbox/threads",
            "POST /api/sub-client/inbox/threads",
            "GET /api/sub-client/inbox/threads/{threadId}",
            "PUT /api/sub-client/inbox/threads/{threadId}",
            "GET /api/sub-client/inbox/threads/{threadId}/messages",
            "POST /api/sub-client/inbox/threads/{threadId}/messages",
            "GET /api/sub-client/inbox/contacts",
            "GET /api/sub-client/inbox/canned-replies",
            "POST /api/sub-client/inbox/canned-replies",
            "PUT /api/sub-client/inbox/canned-replies/{replyId}",
            "DELETE /api/sub-client/inbox/canned-replies/{replyId}");

    /// Pages of workspaces, for the same people: `WorkspacePagesTest` calls them with every kind of caller.
    private static final String PAGES_OF_WORKSPACES = "/s/";

    /// Public pages; their content is tested in `PublicPageTest`.
    private static final Set<String> PUBLIC = Set.of(
            "GET /{username}",
            "GET /{username}/{slug}",
            "GET /public/{username}",
            "GET /public/{username}/{slug}",
            "GET /go/{linkId}",
            "GET /media/{id}",
            "POST /go/{linkId}",
            "GET /media/card/{pageId}.png",
            "GET /robots.txt",
            "GET /sitemap.xml",
            "GET /sitemap/{list}.xml",
            "GET /api/public/GetUserProfile",
            "POST /api/public/TrackLinkClick",
            "POST /api/public/VerifyLinkCode",
            "GET /l/{slug}",
            "POST /l/{slug}",
            "GET /api/public/l",
            "GET /go/wa/{pageId}",
            // A gateway proves itself by its signature: `ConnectionsApiTest`.
            "GET /hooks/whatsapp/{connection}",
            "POST /hooks/whatsapp/{connection}",
            "POST /hooks/whatsapp/{connection}/{event}");

    /// Routes that know the caller and take no account from the request, and why that is right.
    private static final Map<String, String> OF_THE_CALLER_ALONE = Map.of(
            "GET /api/me", "says who is signed in",
            "POST /api/admin/SwitchToParentAccount", "leads back to the own account");

    /// Routes that owners may not call on a server whose plans are changed by its operators.
    private static final Set<String> OF_OPERATORS =
            Set.of("POST /api/admin/upgradeSubscription", "POST /api/admin/executeDowngrade");

    /// Fields and parameters without ids, with sample values.
    private static final Map<String, Object> HARMLESS = Map.ofEntries(
            Map.entry("show", "all"),
            Map.entry("reading", "true"),
            Map.entry("keepReadAccess", true),
            Map.entry("keepGateways", true),
            Map.entry("gateways", "true"),
            Map.entry("security", "tls"),
            Map.entry("linkedPasswords", true),
            Map.entry("allowedDomains", List.of("stranger.example")),
            Map.entry("fromName", "Stranger"),
            Map.entry("messagesIn", 1),
            Map.entry("messagesOut", 1),
            Map.entry("tokens", 1),
            Map.entry("activeUsers", 1),
            Map.entry("storageBytes", 1),
            Map.entry("done", ""),
            Map.entry("changed", ""),
            Map.entry("refused", ""),
            Map.entry("issuer", "https://login.example.com"),
            Map.entry("clientSecret", "secret"),
            Map.entry("scopes", List.of("email")),
            Map.entry("groupClaim", "groups"),
            Map.entry("metadataUrl", "https://login.example.com/metadata"),
            Map.entry("metadata", ""),
            Map.entry("emailDomains", List.of("stranger.example")),
            Map.entry("tls", "ldaps"),
            Map.entry("certificate", ""),
            Map.entry("bindDn", "cn=reader"),
            Map.entry("bindPassword", "secret"),
            Map.entry("baseDn", "dc=example"),
            Map.entry("userFilter", "(uid={username})"),
            Map.entry("groupBaseDn", ""),
            Map.entry("groupFilter", ""),
            Map.entry("roles", Map.of("everyone", "user")),
            Map.entry("defaultRole", "user"),
            Map.entry("createUsers", true),
            Map.entry("linkByEmail", false),
            Map.entry("passwordSignIn", true),
            Map.entry("emergencyAdmin", ""),
            Map.entry("deleted", "true"),
            Map.entry("adminEmail", "stranger@people.example"),
            Map.entry("users", List.of()),
            Map.entry("pasted", ""),
            Map.entry("event", "page.created"),
            Map.entry("domain", "stranger.example"),
            Map.entry("events", List.of("page.*")),
            Map.entry("since", ""),
            Map.entry("failed", false),
            Map.entry("shown", "failed"),
            Map.entry("registration_proof", "none"),
            Map.entry("custom_domain", ""),
            Map.entry("hashes", "no"),
            Map.entry("reason", "terms"),
            Map.entry("note", "Hello"),
            Map.entry("emoji", ""),
            Map.entry("chosen", "order_ready|en"),
            Map.entry("reply", ""),
            Map.entry("replyTo", ""),
            Map.entry("number", ""),
            Map.entry("choice", ""),
            Map.entry("latitude", "1"),
            Map.entry("longitude", "1"),
            Map.entry("about", ""),
            Map.entry("lockOut", "0123456789abcdef0123456789abcdef"),
            Map.entry("leadsTo", "https://stranger.example"),
            Map.entry("startsAt", ""),
            Map.entry("endsAt", ""),
            Map.entry("noPassword", "true"),
            Map.entry("clickLimit", 3),
            Map.entry("utmSource", ""),
            Map.entry("utmMedium", ""),
            Map.entry("utmCampaign", ""),
            Map.entry("utmTerm", ""),
            Map.entry("utmContent", ""),
            Map.entry("ruleDevice", ""),
            Map.entry("ruleLanguage", ""),
            Map.entry("ruleCountry", ""),
            Map.entry("ruleFrom", ""),
            Map.entry("ruleUntil", ""),
            Map.entry("ruleTarget", ""),
            Map.entry("variantTarget", ""),
            Map.entry("variantWeight", ""),
            Map.entry("customSlug", ""),
            Map.entry("targetUrl", "https://stranger.example"),
            Map.entry("fallbackUrl", ""),
            Map.entry("device", "ios"),
            Map.entry("language", "de"),
            Map.entry("country", "DE"),
            Map.entry("source", ""),
            Map.entry("medium", ""),
            Map.entry("campaign", ""),
            Map.entry("term", ""),
            Map.entry("content", ""),
            Map.entry("phone", "+971500000199"),
            Map.entry("permissions", List.of("read:pages")),
            Map.entry("timerId", "unheard-of"),
            Map.entry("theme", "air"),
            Map.entry("profileLayout", "classic"),
            Map.entry("titleStyle", "text"),
            Map.entry("titleSize", "small"),
            Map.entry("titleFont", "inter"),
            Map.entry("bodyFont", "inter"),
            Map.entry("titleColor", "#010101"),
            Map.entry("pageColor", "#010101"),
            Map.entry("wallpaperType", "fill"),
            Map.entry("groundColor", "#ffffff"),
            Map.entry("gradientStart", ""),
            Map.entry("gradientEnd", ""),
            Map.entry("gradientDirection", "180"),
            Map.entry("patternType", ""),
            Map.entry("patternColor", ""),
            Map.entry("blur", "0"),
            Map.entry("opacity", "100"),
            Map.entry("buttonType", "solid"),
            Map.entry("corners", "pill"),
            Map.entry("shadow", "none"),
            Map.entry("buttonColor", "#e4e5e6"),
            Map.entry("buttonText", "#010101"),
            Map.entry("borderColor", ""),
            Map.entry("hoverEffect", "none"),
            Map.entry("hideFooter", ""),
            Map.entry("fix", ""),
            Map.entry("use", "avatar"),
            Map.entry("platform", "instagram"),
            Map.entry("purpose", "stranger"),
            Map.entry("text", "A stranger"),
            Map.entry("showManagedBy", true),
            Map.entry("required", false),
            Map.entry("code", "stranger"),
            Map.entry("mood", "reads"),
            Map.entry("backup", ""),
            Map.entry("untag", ""),
            Map.entry("warmsUp", ""),
            Map.entry("zone", "UTC"),
            Map.entry("label", "Message us"),
            Map.entry("on", "true"),
            Map.entry("q", ""),
            Map.entry("search", ""),
            // filters of the audit log, which only narrow what the reader may see (AuditPagesTest)
            Map.entry("account", ""),
            Map.entry("person", ""),
            Map.entry("actor", ""),
            Map.entry("from", ""),
            // the number of days of analytics
            Map.entry("days", "30"),
            Map.entry("scope", ""),
            // the owner of an invitation or membership, tested in UserManagersResourceTest
            Map.entry("fromUserId", "00000000-0000-7000-8000-000000000001"),
            Map.entry("other", "00000000-0000-7000-8000-000000000001"),
            // filter and cursor of the account's own people
            Map.entry("people", ""),
            Map.entry("peopleAfter", ""),
            Map.entry("subAccounts", List.of()),
            Map.entry("workspaces", true),
            Map.entry("limit", "10"),
            Map.entry("after", ""),
            Map.entry("edit", ""),
            Map.entry("username", "strangersname"),
            Map.entry("displayName", "Stranger"),
            Map.entry("email", "stranger@people.example"),
            Map.entry("bio", "A stranger"),
            Map.entry("internalLabel", "A stranger's"),
            Map.entry("notes", "A stranger"),
            Map.entry("type", "brand"),
            Map.entry("notices", "both"),
            Map.entry("status", "suspended"),
            Map.entry("sort", "newest"),
            Map.entry("confirmDelete", true),
            Map.entry("name", "Stranger"),
            Map.entry("slug", "stranger"),
            Map.entry("title", "Stranger"),
            Map.entry("url", "https://stranger.example/"),
            Map.entry("active", true),
            Map.entry("isDefault", true),
            Map.entry("order", 1),
            Map.entry("operation", "update"),
            Map.entry("to", "up"),
            // a link's decoration, schedule and lock, and positions
            Map.entry("icon", "star"),
            Map.entry("thumbnail", "star"),
            Map.entry("thumbnailType", "icon"),
            Map.entry("layout", "stack"),
            Map.entry("animation", "none"),
            Map.entry("collapsed", true),
            Map.entry("published", true),
            Map.entry("schedule", Map.of("enabled", false)),
            Map.entry("lock", Map.of("enabled", false)),
            Map.entry("startDate", "2027-01-01T00:00"),
            Map.entry("endDate", ""),
            Map.entry("timezone", "UTC"),
            Map.entry("lockType", "age"),
            Map.entry("lockCode", ""),
            Map.entry("lockMessage", "A stranger's"),
            Map.entry("before", ""),
            Map.entry("undo", ""),
            Map.entry("look", ""),
            Map.entry("idempotencyKey", ""),
            Map.entry("description", "A stranger"),
            Map.entry("pathname", "stranger"),
            Map.entry("password", "stranger's password"),
            Map.entry("role", "admin"),
            Map.entry("suspended", false),
            Map.entry("registration_enabled", false),
            Map.entry("is_default", true),
            Map.entry("sub_clients_enabled", true),
            Map.entry("sub_clients_registration_enabled", false),
            Map.entry("state", "all"),
            Map.entry("color", "#0b5d4e"),
            Map.entry("letters", "St"),
            Map.entry("welcome", "Stranger"),
            Map.entry("suggestion", ""),
            Map.entry("picture", ""),
            Map.entry("max", "1"),
            Map.entry("step", "plan"),
            Map.entry("owner", ""),
            Map.entry("file", ""),
            Map.entry("value", "on"),
            Map.entry("back", "/projects"),
            Map.entry("action", "suspend"),
            Map.entry("seen", ""),
            Map.entry("registration", "on"),
            Map.entry("admin", "later"),
            Map.entry("thread", ""),
            Map.entry("tier", "enterprise"),
            Map.entry("agencyPermission", "agency-premium"),
            Map.entry("billingCycle", "monthly"),
            Map.entry("quantity", 2),
            Map.entry("targetTier", "free"),
            Map.entry("userConfirmed", true),
            Map.entry("currentPassword", "not the password"),
            Map.entry("newPassword", "stranger's password"),
            // setting up and verifying a second factor
            Map.entry("token", "000000"),
            Map.entry("credential", "{}"),
            Map.entry("newEmail", "stranger@people.example"),
            Map.entry("phoneNumber", ""),
            Map.entry("packs3", "9"),
            Map.entry("packs10", "9"),
            Map.entry("packs25", "9"),
            Map.entry("limits", "plan"),
            // what a brand begins with, and which of many are meant
            Map.entry("start", "blank"),
            Map.entry("derived", ""),
            // with a template only; of a foreign brand in BrandTemplatesTest
            Map.entry("copyFrom", ""),
            Map.entry("part", "look"),
            Map.entry("parts", List.of("look")),
            Map.entry("left", ""),
            Map.entry("all", ""),
            Map.entry("nextBilling", "2027-01-01"),
            Map.entry("confirmed", "yes"),
            // Usernames of own brands: other ones are refused like unknown ones, in SubscriptionPageResourceTest.
            Map.entry("keep", "strangersbrand"),
            Map.entry("keepNames", ""),
            // an assistant: texts, times and an external address
            Map.entry("kind", "rules"),
            Map.entry("forContacts", false),
            Map.entry("greeting", "A stranger's"),
            Map.entry("words", "stranger"),
            Map.entry("answer", "A stranger's"),
            Map.entry("rules", List.of(Map.of("words", "stranger", "answer", "A stranger's"))),
            Map.entry("fallback", "A stranger's"),
            Map.entry("handoverWords", "stranger"),
            Map.entry("handoverText", "A stranger's"),
            Map.entry("timeZone", "UTC"),
            Map.entry("officeHours", List.of()),
            Map.entry("until", ""),
            Map.entry("closedDays", List.of()),
            Map.entry("closedText", "A stranger's"),
            Map.entry("endpoint", "https://stranger.example/v1"),
            Map.entry("model", "stranger"),
            Map.entry("instructions", "A stranger's"),
            Map.entry("temperature", 1),
            Map.entry("maxTokens", 1),
            Map.entry("apiKey", "strangers-key"),
            Map.entry("removeKey", ""),
            Map.entry("message", "A stranger"),
            Map.entry("assistant", Map.of("kind", "rules")),
            Map.entry("act", "save"),
            // pools: settings of senders and pools, filters, and simulation
            Map.entry("tags", List.of("stranger")),
            Map.entry("tag", "stranger"),
            Map.entry("region", "AE"),
            Map.entry("health", "healthy"),
            Map.entry("weight", 1),
            Map.entry("priority", 1),
            Map.entry("perMinute", 1),
            Map.entry("perDay", 1),
            Map.entry("warmUp", "on"),
            Map.entry("strategy", "weighted"),
            Map.entry("uncertain", "ask"),
            Map.entry("pairSeconds", 1),
            Map.entry("pairBurst", 1),
            Map.entry("quietFrom", "22:00"),
            Map.entry("quietUntil", "07:00"),
            Map.entry("mostWaiting", 1),
            Map.entry("withGroups", "true"),
            Map.entry("open", "true"),
            Map.entry("queueLength", 1),
            Map.entry("queueMinutes", 1),
            Map.entry("quality", 1),
            Map.entry("mail", "true"),
            Map.entry("mailMinutes", 1),
            // templates of connections
            Map.entry("templateValues", List.of("x")),
            // connections
            Map.entry("appSecret", "quiet"),
            Map.entry("verifyToken", "quiet"),
            Map.entry("wabaId", "1"),
            Map.entry("hookUrl", ""),
            Map.entry("driver", "waha"),
            Map.entry("secret", "whsec_cXVpZXQtc2VjcmV0LXF1aWV0LXNlY3JldA=="),
            Map.entry("remote", ""),
            Map.entry("fault", "unheard-of"),
            Map.entry("mode", "hold"),
            // proxies
            Map.entry("host", "proxy.stranger.example"),
            Map.entry("port", 1080),
            Map.entry("user", "stranger"),
            Map.entry("proxyPassword", ""),
            Map.entry("capacity", 1),
            Map.entry("enabled", true),
            Map.entry("force", "true"),
            Map.entry("quietAnswers", "60"),
            Map.entry("quietAnswerMinutes", 60),
            Map.entry("sendAt", "2100-01-01T00:00:00Z"),
            Map.entry("expiresAt", "2100-01-02T00:00:00Z"),
            Map.entry("policy", "auto"),
            Map.entry("failBack", true),
            Map.entry("spreadMinutes", 5),
            Map.entry("detection", Map.of("checkSeconds", 5)),
            Map.entry("checkSeconds", 5),
            Map.entry("failures", 3),
            Map.entry("recoverySeconds", 30),
            Map.entry("tries", 5),
            Map.entry("drill", "1"),
            Map.entry("hours", 24),
            Map.entry("csv", ""),
            Map.entry("add", List.of("stranger")),
            Map.entry("remove", List.of("stranger")),
            Map.entry("dryRun", true),
            Map.entry("key", "strangers-key"),
            // campaigns and opt-outs
            Map.entry("template", Map.of()),
            Map.entry("templateName", ""),
            Map.entry("values", ""),
            Map.entry("category", ""),
            Map.entry("startAt", ""),
            Map.entry("recipients", List.of()),
            Map.entry("fields", Map.of("city", "Stranger")),
            Map.entry("outWords", List.of("stranger")),
            Map.entry("inWords", List.of()),
            Map.entry("outAnswer", "A stranger's"),
            Map.entry("inAnswer", ""),
            Map.entry("firstContacts", "1"),
            Map.entry("firstContactsPerDay", 1),
            Map.entry("batch", "01900000-0000-7000-8000-000000000000"));

    @Inject
    TestWorld world;

    @Inject
    Database database;

    @Inject
    Pages pages;

    @Inject
    Links links;

    @Inject
    dev.banyan.shortlinks.ShortLinks shortLinks;

    @Inject
    Senders senders;

    @Inject
    SubAccountLife life;

    @Inject
    WorkspaceNumbers numbers;

    @Inject
    AuditChain auditChain;

    @Inject
    SignIns signIns;

    private Optional<Project> northsProject = Optional.empty();

    private Map<String, String> acmesIds = Map.of();

    @AfterEach
    void withoutConnections() {
        world.removeConnections();
    }

    @BeforeEach
    void acmeHasData() {
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
        int user = world.guest(north, workspace, "amira", WorkspaceRole.ADMIN).id();
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
                Map.entry("mailId", "018f0000-0000-7000-8000-000000000000"),
                Map.entry("subAccountId", world.north().id().toString()),
                Map.entry("target", world.north().username()),
                Map.entry("as", world.north().username()),
                Map.entry("pageId", page),
                Map.entry("shortLinkId", shortLink),
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

    private String keyOfAcme() {
        String id = "k" + world.name("acme").replaceAll("\\D", "");
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
        String id = "w" + world.name("acme").replaceAll("\\D", "");
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
        // Those of workspaces stay, because their ids must not be reused.
        world.sql("DELETE FROM senders WHERE tenant_id = ? AND id NOT LIKE 'wa%'", acme.toString());
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
        String id = "018f0000-0000-7000-8000-00000000c0c0";
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

    @Test
    void strangerGetsNotFoundAndChangesNothing() {
        String before = rowsOfAcme();
        var softly = new SoftAssertions();
        var rival = TestClient.of(world.rival());
        for (Route route : routesOfTenants()) {
            for (Attack attack : attacks(route)) {
                Answer answer = attack.by(rival);
                softly.assertThat(answer.status())
                        .as("%s: %s", attack, answer.text())
                        .isEqualTo(404);
                softly.assertThat(answer.text()).as("body of %s", attack).doesNotContainIgnoringCase(SECRET);
                if (route.isJson()) {
                    softly.assertThat(answer.error()).as("error of %s", attack).isNotBlank();
                } else {
                    softly.assertThat(answer.contentType()).as("%s", attack).startsWith("text/html");
                }
            }
        }
        softly.assertAll();
        assertThat(rowsOfAcme()).isEqualTo(before);
    }

    /// Checks that the data exists: Acme's owner finds it with the same requests.
    @Test
    void theOwnerReachesTheSameRoutes() {
        var softly = new SoftAssertions();
        var acme = TestClient.of(world.acme());
        boolean isChanged = false;
        for (Route route : routesOfTenants()) {
            // the slug sent here doesn't exist; AnalyticsResourceTest and ShortLinksResourceTest test existing ones
            boolean isOfNobody = route.path().equals("/api/admin/getShortLinkAnalytics")
                    || route.path().equals("/api/admin/updateShortLinks");
            boolean endsItself = route.path().equals("/admin/settings/sessions/end"); // the session of the request
            if (!(route.path() + "/").startsWith("/operator/") && !isOfNobody && !endsItself) {
                if (isChanged) {
                    acmeHasData(); // the previous request may have deleted it
                }
                Attack attack = attacks(route).getLast();
                // a sub-account has no users, numbers, API keys, sign-in, audit log or subscription of its own
                boolean ofAgency = isOfSubscriptions(route)
                        || route.path().startsWith("/admin/users")
                        || route.path().equals("/admin/brands")
                        || route.path().startsWith("/api/admin/UserManager")
                        || route.path().startsWith("/admin/audit")
                        || route.path().equals("/api/admin/audit")
                        || route.path().startsWith("/admin/api-keys")
                        || route.path().startsWith("/api/admin/apikeys")
                        || route.path().startsWith("/admin/analytics/brands")
                        || route.path().equals("/api/admin/GetBrandAnalytics")
                        || route.path().startsWith("/admin/brands")
                        || route.path().startsWith("/admin/pools")
                        || route.path()
                                .matches("/api/whatsapp/(masters|servants|senders|pools|inbound|alerts"
                                        + "|campaigns|connections|opt-outs|opt-out-settings|proxies)(/.*)?")
                        || route.path()
                                .matches("/admin/settings/(email(/.*)?|password|phone|name|device-mails"
                                        + "|(sessions|second-factor|passkeys)(/.*)?)")
                        || route.path()
                                .matches("/api/admin/(Update(Email|Password|Phone)|2fatokensetup|RequireSecondFactor"
                                        + "|sso(/test)?)");
                String account =
                        ofAgency ? world.acme().username() : world.north().username();
                Answer answer = (isSwitch(route) ? attack : attack.named(account)).by(acme);
                isChanged = !route.verb().equals("GET") && answer.status() < 400;
                softly.assertThat(answer.status())
                        .as("%s: %s", attack, answer.text())
                        .isIn(
                                OF_OPERATORS.contains(route.name())
                                        ? List.of(403)
                                        : route.path().endsWith("{subClientId}/restore")
                                                ? List.of(404) // nothing is deleted (DeletedWorkspacesTest)
                                                : List.of(200, 201, 202, 204, 303, 400, 409, 422));
            }
        }
        softly.assertAll();
    }

    @Test
    void nobodyGetsUnauthorizedOrTheLogin() {
        String before = rowsOfAcme();
        var softly = new SoftAssertions();
        for (Route route : routesOfTenants()) {
            for (Attack attack : attacks(route)) {
                Answer answer = attack.by(TestClient.anonymous());
                if (route.isJson()) {
                    softly.assertThat(answer.status())
                            .as("%s: %s", attack, answer.text())
                            .isEqualTo(401);
                    softly.assertThat(answer.error())
                            .as("%s", attack)
                            .isEqualTo(isOfWorkspaces(route) ? "Not authenticated" : "Unauthorized");
                } else {
                    softly.assertThat(answer.status())
                            .as("%s: %s", attack, answer.text())
                            .isEqualTo(303);
                    softly.assertThat(answer.header("Location").orElse(""))
                            .as("%s", attack)
                            .startsWith("/login");
                }
                softly.assertThat(answer.text()).as("body of %s", attack).doesNotContainIgnoringCase(SECRET);
            }
        }
        softly.assertAll();
        assertThat(rowsOfAcme()).isEqualTo(before);
    }

    /// These use the terms of the sub-client seed.
    private static boolean isOfWorkspaces(Route route) {
        return Stream.of("/api/projects", "/api/whatsapp", "/api/inboxes").anyMatch(route.path()::startsWith);
    }

    @Test
    void routesOfTheCallerAloneIgnoreOtherAccounts() {
        String before = rowsOfAcme();
        for (String name : OF_THE_CALLER_ALONE.keySet()) {
            String[] verbAndPath = name.split(" ");
            for (String naming : namings()) {
                Answer answer = TestClient.of(world.rival()).json(verbAndPath[0], verbAndPath[1] + "?" + naming, "{}");
                assertThat(answer.status()).as(name).isEqualTo(200);
                assertThat(answer.text())
                        .as(name)
                        .contains(world.rival().account().toString())
                        .doesNotContainIgnoringCase(SECRET)
                        .doesNotContain(world.acme().account().toString())
                        .doesNotContain(world.north().id().toString());
            }
            assertThat(TestClient.anonymous()
                            .json(verbAndPath[0], verbAndPath[1], "{}")
                            .status())
                    .as(name)
                    .isEqualTo(401);
        }
        assertThat(rowsOfAcme()).isEqualTo(before);
    }

    @Test
    void operatorActsForNoAccount() {
        String before = rowsOfAcme();
        var operator = TestClient.withSession(world.operatorToken());
        for (Route route : routesOfTenants()) {
            if (!(route.path() + "/").startsWith("/operator/")) {
                for (Attack attack : attacks(route)) {
                    Answer answer = attack.by(operator);
                    assertThat(answer.status())
                            .as("%s: %s", attack, answer.text())
                            .isIn(403, 303);
                    assertThat(answer.text()).as("body of %s", attack).doesNotContainIgnoringCase(SECRET);
                }
            }
        }
        assertThat(rowsOfAcme()).isEqualTo(before);
    }

    /// An outdated entry would hide a new route with the same name.
    @Test
    void listedRoutesExist() {
        Set<String> names = Routes.all().stream().map(Route::name).collect(Collectors.toSet());
        assertThat(names)
                .containsAll(WITHOUT_TENANT_DATA.keySet())
                .containsAll(PUBLIC)
                .containsAll(OF_WORKSPACE_USERS)
                .containsAll(OF_THE_CALLER_ALONE.keySet());
    }

    private static List<Route> routesOfTenants() {
        List<Route> routes = Routes.all().stream()
                .filter(route -> !WITHOUT_TENANT_DATA.containsKey(route.name())
                        && !PUBLIC.contains(route.name())
                        && !OF_WORKSPACE_USERS.contains(route.name())
                        && !route.path().startsWith(PAGES_OF_WORKSPACES)
                        && !OF_THE_CALLER_ALONE.containsKey(route.name()))
                .toList();
        assertThat(routes).hasSizeGreaterThan(20);
        return routes;
    }

    /// One request to a route.
    private record Attack(Route route, String path, Optional<Object> body, Map<String, String> form) {

        Answer by(TestClient client) {
            if (route.name().equals("POST /api/whatsapp/media")) {
                return client.upload(path, form, "menu.txt", "Honey cake".getBytes(StandardCharsets.UTF_8));
            }
            if (route.path().endsWith("/settings/picture")) {
                return client.multipart(path, form);
            }
            if (!form.isEmpty() || route.verb().equals("POST") && body.isEmpty() && !route.isJson()) {
                return client.form(path, form);
            }
            Answer answer = byJson(client);
            return answer.status() == 415 ? client.multipart(path, Map.of("dryRun", "true")) : answer; // takes a file
        }

        private Answer byJson(TestClient client) {
            return body.map(json -> client.json(route.verb(), path, json)).orElseGet(() -> switch (route.verb()) {
                case "GET" -> client.get(path);
                case "DELETE" -> client.delete(path);
                default -> client.json(route.verb(), path, "{}");
            });
        }

        /// Returns the same request with an account named in the query and in the form.
        Attack named(String username) {
            var named = new LinkedHashMap<>(form);
            named.computeIfPresent("as", (_, _) -> username);
            named.computeIfPresent("target", (_, _) -> username);
            return new Attack(
                    route, path.replaceAll("&(subAccountId|UserId|as)=[^&]*", "") + "&as=" + username, body, named);
        }

        @Override
        public String toString() {
            return route.verb() + " " + path + body.map(json -> " " + json).orElse("")
                    + (form.isEmpty() ? "" : " " + form);
        }
    }

    /// Returns requests with Acme's ids as parameters, once for each way to name Acme's accounts.
    private List<Attack> attacks(Route route) {
        var attacks = new ArrayList<Attack>();
        String path = path(route);
        String query = query(route);
        Optional<Object> body = route.body().map(type -> ofWorkspace(route, sample(type)));
        Map<String, String> form = form(route);
        boolean namesSomething = !route.pathParams().isEmpty()
                || route.queryParams().stream().anyMatch(name -> !HARMLESS.containsKey(name))
                || form.keySet().stream().anyMatch(name -> !HARMLESS.containsKey(name))
                || body.map(Object::toString).filter(this::holdsAnId).isPresent();
        if (namesSomething || (route.path() + "/").startsWith("/operator/")) {
            attacks.add(new Attack(route, path + "?" + query, body, form));
        }
        if (!(route.path() + "/").startsWith("/operator/") && !form.containsKey("target") && !isSwitch(route)) {
            var formOfNobody = new LinkedHashMap<>(form);
            formOfNobody.computeIfPresent("as", (_, _) -> "");
            for (String naming : namings()) {
                attacks.add(new Attack(route, path + "?" + query + "&" + naming, body, formOfNobody));
            }
            for (String account : accounts()) {
                form.computeIfPresent("as", (_, _) -> account);
                if (form.containsKey("as")) {
                    attacks.add(new Attack(route, path + "?" + query, body, Map.copyOf(form)));
                }
            }
        }
        return attacks;
    }

    private static boolean isOfSubscriptions(Route route) {
        return route.path().matches("/api/admin/(GetSubscription|create(Checkout|Portal)Session|upgradeSubscription)")
                || route.path().endsWith("Downgrade")
                || route.path().startsWith("/admin/subscription");
    }

    /// The target is named in the body, not in the query (design 4).
    private static boolean isSwitch(Route route) {
        return route.path().equals("/api/admin/SwitchToSubAccount");
    }

    private List<String> accounts() {
        return List.of(
                world.north().username(),
                world.north().id().toString(),
                world.acme().username(),
                world.acme().account().toString());
    }

    private List<String> namings() {
        return accounts().stream()
                .flatMap(account -> Stream.of("subAccountId=", "UserId=", "as=").map(name -> name + account))
                .toList();
    }

    /// Matches whole ids, because user ids are short numbers that also occur in phone numbers.
    private boolean holdsAnId(String text) {
        return acmesIds.values().stream()
                .anyMatch(id -> Pattern.compile("(?<!\\w)" + Pattern.quote(id) + "(?!\\w)")
                        .matcher(text)
                        .find());
    }

    private String path(Route route) {
        String path = route.path();
        for (String name : route.pathParams()) {
            path = path.replace("{" + name + "}", idOf(name, route));
        }
        assertThat(path).as("path parameters of " + route).doesNotContain("{");
        return path;
    }

    private String query(Route route) {
        return route.queryParams().stream()
                .map(name -> name + "=" + TestClient.encode(valueOf(name, route)))
                .collect(Collectors.joining("&"));
    }

    private Map<String, String> form(Route route) {
        var form = new LinkedHashMap<String, String>();
        route.formParams().forEach(name -> form.put(name, valueOf(name, route)));
        return form;
    }

    private String valueOf(String name, Route route) {
        boolean isAnId = name.equals("to") && route.path().contains("/failover");
        return !isAnId && HARMLESS.containsKey(name) ? HARMLESS.get(name).toString() : idOf(name, route);
    }

    private String idOf(String name, Route route) {
        // The contract uses "id" for many things; on these routes it is a page's.
        String known = name.equals("id") && route.path().endsWith("Page") ? "pageId" : name;
        boolean ofWorkspace =
                route.path().contains("/projects/") || route.path().startsWith("/s/");
        String here = ofWorkspace && name.equals("keyId")
                ? "keyOfWorkspace"
                : ofWorkspace && name.equals("webhookId")
                        ? "webhookOfWorkspace"
                        : ofWorkspace && name.equals("delivery") ? "deliveryOfWorkspace" : known;
        String id = acmesIds.get(here);
        return id != null
                ? id
                : fail("%s has the new parameter “%s”: say here whether it holds an id, and which", route, name);
    }

    /// A workspace has deliveries of its own.
    private Object ofWorkspace(Route route, Object body) {
        if (!route.path().startsWith("/api/projects") || !(body instanceof Map<?, ?> fields)) {
            return body;
        }
        var own = new LinkedHashMap<Object, Object>(fields);
        if (route.path().endsWith("/sub-clients/bulk")) {
            own.put("workspaces", List.of(Map.of("name", "Stranger")));
            own.put("template", acmesIds.get("subClientId"));
        }
        if (route.path().endsWith("/sub-clients/bulk/acts")) {
            own.put("workspaces", List.of(requireNonNull(acmesIds.get("subClientId"))));
            own.put("template", acmesIds.get("subClientId"));
            own.put("all", false);
        }
        if (route.path().endsWith("/template")) {
            own.put("template", true);
        }
        own.computeIfPresent("delivery", (_, _) -> acmesIds.get("deliveryOfWorkspace"));
        return own;
    }

    /// Returns a body of this type with Acme's ids.
    private Object sample(Type type) {
        if (type instanceof ParameterizedType generic) {
            Object inner = sample(generic.getActualTypeArguments()[0]);
            return generic.getRawType() == List.class ? List.of(inner) : inner;
        }
        var object = new LinkedHashMap<String, Object>();
        for (RecordComponent field : Routes.fields(type)) {
            object.put(Routes.wireName(field), sample(field));
        }
        return object;
    }

    private Object sample(RecordComponent field) {
        String name = field.getName();
        boolean isOfFailover = field.getDeclaringRecord().getName().contains("Failover");
        if (name.equals("type") && field.getDeclaringRecord().getSimpleName().endsWith("MessageBody")) {
            return "text";
        }
        if (HARMLESS.containsKey(name) && !(name.equals("to") && isOfFailover)) {
            return HARMLESS.get(name);
        }
        if (name.equals("clientId")
                && field.getDeclaringRecord().getSimpleName().equals("SsoBody")) {
            return "banyan"; // the provider's, and nobody's here
        }
        if (acmesIds.containsKey(name)) {
            return acmesIds.get(name);
        }
        return switch (field.getDeclaringRecord().getSimpleName() + "." + name) {
            case "PageChangeBody.id" -> requireNonNull(acmesIds.get("pageId"));
            case "LinkStepBody.id" -> requireNonNull(acmesIds.get("linkId"));
            case "GroupStepBody.id" -> requireNonNull(acmesIds.get("groupId"));
            case "PageCopyBody.id" -> requireNonNull(acmesIds.get("pageId"));
            case "PageOrderBody.pageIds" -> List.of(requireNonNull(acmesIds.get("pageId")));
            case "DowngradeSelections.subAccountIds" -> List.of(requireNonNull(acmesIds.get("subAccountId")));
            case "NewMasterBody.id" -> "strangers-master";
            case "PoolSettingsBody.groups" -> "on";
            case "CustomersMessageBody.location",
                    "CustomersMessageBody.contact",
                    "CustomersMessageBody.contacts",
                    "CustomersMessageBody.reaction",
                    "CustomersMessageBody.caption",
                    "CustomersMessageBody.media",
                    "CustomersMessageBody.choice",
                    "NewMessageBody.location",
                    "NewMessageBody.contact",
                    "NewMessageBody.contacts",
                    "NewMessageBody.reaction",
                    "NewMessageBody.template",
                    "NewMessageBody.buttons",
                    "NewMessageBody.list",
                    "MessageBody.location",
                    "MessageBody.contact",
                    "MessageBody.contacts",
                    "MessageBody.reaction",
                    "MessageBody.template",
                    "MessageBody.buttons",
                    "MessageBody.list",
                    "NewMessageBody.caption",
                    "MessageBody.caption",
                    "NewMessageBody.media",
                    "MessageBody.media" -> NullNode.getInstance();
            case "QueueBody.ids" -> List.of(requireNonNull(acmesIds.get("messageId")));
            case "BulkBody.senders" -> List.of(requireNonNull(acmesIds.get("senderId")));
            case "LinkBatchBody.links",
                    "LinkBatchBody.groups",
                    "ShortLinkBatchBody.shortLinks",
                    "ShortLinkStepBody.utm",
                    "ShortLinkStepBody.rules",
                    "ShortLinkStepBody.variants",
                    "DowngradeBody.options",
                    "DowngradeOptions.userSelections",
                    "BulkBody.rows",
                    "ConnectionBody.credentials",
                    "ConnectionBody.webhook",
                    "BulkBody.where",
                    "QueueBody.filter",
                    "NewMessageBody.messages" ->
                sample(((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0]);
            default ->
                fail(
                        "%s has the new field “%s”: say here whether it holds an id, and which",
                        field.getDeclaringRecord(), name);
        };
    }

    /// Returns every row of every table that refers to Acme's accounts or people.
    private String rowsOfAcme() {
        auditChain.seal(); // a job might do it between two checks
        signIns.write();
        List<String> ids = List.of(
                world.acme().account().toString(),
                world.acme().identity().toString(),
                world.north().id().toString());
        return database.read(tx -> DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                .flatMap(table ->
                        tx.sql().selectFrom(table).fetch().stream().map(row -> table.getName() + " " + row.intoMap()))
                .filter(row -> ids.stream().anyMatch(row::contains))
                .sorted()
                .collect(Collectors.joining("\n")));
    }
}
