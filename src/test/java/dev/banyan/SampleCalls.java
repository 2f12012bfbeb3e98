package dev.banyan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient.Answer;

/// Requests to any route, with Acme's ids as parameters and sample values in all other fields. A new field or parameter
/// must be added here.
public final class SampleCalls {

    /// Fields and parameters without ids, with sample values.
    private static final Map<String, Object> HARMLESS = Map.<String, Object>ofEntries(
            Map.entry("show", "all"),
            Map.entry("reading", "true"),
            Map.entry("preset", "keycloak"),
            Map.entry("keepReadAccess", true),
            Map.entry("keepGateways", true),
            Map.entry("gateways", "true"),
            Map.entry("security", "tls"),
            Map.entry("linkedPasswords", true),
            Map.entry("allowedDomains", List.of("stranger.example")),
            Map.entry("fromName", "Stranger"),
            Map.entry("every", "day"),
            Map.entry("at", "03:30"),
            Map.entry("place", "nowhere"),
            Map.entry("folder", ""),
            Map.entry("bucket", "strangers-bucket"),
            Map.entry("prefix", ""),
            Map.entry("accessKey", "strangers-key"),
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
            Map.entry("emailClaim", "email"),
            Map.entry("usernameClaim", "name"),
            Map.entry("trustEmails", true),
            Map.entry("phonePause", 30),
            Map.entry("mostAnswers", 5),
            Map.entry("metadataUrl", "https://login.example.com/metadata"),
            Map.entry("metadata", ""),
            Map.entry("entityId", ""),
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
            Map.entry("marketingMessages", false),
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
            Map.entry("typedSecret", "v1.none"),
            Map.entry("typedAppSecret", "v1.none"),
            Map.entry("startsAt", ""),
            Map.entry("endsAt", ""),
            Map.entry("noPassword", "true"),
            Map.entry("clickLimit", 3),
            Map.entry("forwardQuery", true),
            Map.entry("checkedList", ""),
            Map.entry("day", "mon"),
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
            Map.entry("accountZone", "UTC"),
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
            // which looks are offered, and one that was applied; of a foreign agency in BrandTemplatesTest
            Map.entry("find", ""),
            Map.entry("push", "00000000-0000-7000-8000-000000000001"),
            // the number of days of analytics
            Map.entry("days", "30"),
            Map.entry("scope", ""),
            Map.entry("dimension", "country"),
            // which field of a form offers brands; of strangers in ContextResourceTest
            Map.entry("field", ""),
            // the owner of an invitation or membership, tested in UserManagersResourceTest
            Map.entry("fromUserId", "00000000-0000-7000-8000-000000000001"),
            Map.entry("other", "00000000-0000-7000-8000-000000000001"),
            // filter and cursor of the account's own people
            Map.entry("people", ""),
            Map.entry("peopleAfter", ""),
            Map.entry("subAccounts", List.of()),
            Map.entry("workspaces", true),
            Map.entry("readOnly", false),
            Map.entry("limit", "10"),
            Map.entry("after", ""),
            Map.entry("edit", ""),
            Map.entry("username", "strangersname"),
            Map.entry("confirmedUsername", "other"),
            Map.entry("displayName", "Stranger"),
            Map.entry("email", "stranger@people.example"),
            Map.entry("bio", "A stranger"),
            Map.entry("internalLabel", "A stranger's"),
            Map.entry("notes", "A stranger"),
            Map.entry("type", "brand"),
            Map.entry("notices", "both"),
            Map.entry("status", "suspended"),
            Map.entry("sort", "newest"),
            Map.entry("chart", "nothing"),
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
            Map.entry("poolClass", "any"),
            Map.entry("receiptSeconds", 8),
            Map.entry("withGroups", "true"),
            Map.entry("open", "true"),
            Map.entry("queueLength", 1),
            Map.entry("queueMinutes", 1),
            Map.entry("quality", 1),
            Map.entry("mail", "true"),
            Map.entry("mailMinutes", 1),
            // templates of connections
            Map.entry("templateValues", List.of("x")),
            Map.entry("headerKind", ""),
            Map.entry("header", ""),
            Map.entry("headerExample", ""),
            Map.entry("body", "A stranger's"),
            Map.entry("footer", ""),
            Map.entry("securityAdvice", true),
            Map.entry("expiryMinutes", 10),
            Map.entry("examples", Map.of()),
            Map.entry("exampleOf", ""),
            Map.entry("example", ""),
            Map.entry("buttonKind", ""),
            Map.entry("buttonValue", ""),
            Map.entry("buttonExample", ""),
            Map.entry("languages", "one"),
            Map.entry("allLanguages", "true"),
            Map.entry("evenIfUsed", "true"),
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
            Map.entry("test", false),
            Map.entry("networks", List.of("203.0.113.0/24")),
            Map.entry("requestsPerMinute", 60),
            Map.entry("route", "GetPages"),
            Map.entry("batch", "01900000-0000-7000-8000-000000000000"));

    private final Map<String, String> acmesIds;
    private final Optional<String> unknown;

    private static final Set<String> LIMITS_OF_KEYS =
            Set.of("brands", "part", "expiresAt", "networks", "requestsPerMinute");

    /// Calls whose every field and parameter must be known here.
    ///
    /// @param acmesIds by the names of the parameters that hold them
    SampleCalls(Map<String, String> acmesIds) {
        this(acmesIds, Optional.empty());
    }

    /// @param unknown the value of fields and parameters that are not known here
    public SampleCalls(Map<String, String> acmesIds, Optional<String> unknown) {
        this.acmesIds = Map.copyOf(acmesIds);
        this.unknown = unknown;
    }

    private String unknown(Object where, String name) {
        return unknown.orElseGet(
                () -> fail("%s has the new field “%s”: say here whether it holds an id, and which", where, name));
    }

    /// Returns whether a route is about what a sub-account has none of: users, numbers, API keys, a sign-in, an
    /// audit log or a subscription of its own.
    public static boolean isOfAgency(Route route) {
        return isOfSubscriptions(route)
                || route.path().startsWith("/admin/users")
                || route.path().equals("/admin/brands")
                || route.path().startsWith("/api/admin/UserManager")
                || route.path().startsWith("/admin/audit")
                || route.path().equals("/api/admin/audit")
                || route.path().startsWith("/admin/api-keys")
                || route.path().startsWith("/api/admin/apikeys")
                || route.path().equals("/api/admin/api-requests")
                || route.path().startsWith("/admin/analytics/brands")
                || route.path().equals("/api/admin/GetBrandAnalytics")
                || route.path().startsWith("/admin/brands")
                || route.path().startsWith("/admin/pools")
                || route.path()
                        .matches("/api/whatsapp/(inbound|(masters|servants|senders|pools|alerts"
                                + "|campaigns|connections|opt-outs|opt-out-settings|proxies)(/.*)?)")
                || route.path()
                        .matches("/admin/settings/(email(/.*)?|password|phone|name|username|device-mails|picture(/.*)?"
                                + "|(sessions|second-factor|passkeys)(/.*)?)")
                || route.path()
                        .matches("/api/admin/(Update(Email|Password|Phone|Username)|2fatokensetup|RequireSecondFactor"
                                + "|sso(/(address|test|presets|sign-ins))?)");
    }

    private static boolean isOfSubscriptions(Route route) {
        return route.path().matches("/api/admin/(GetSubscription|create(Checkout|Portal)Session|upgradeSubscription)")
                || route.path().endsWith("Downgrade")
                || route.path().startsWith("/admin/subscription");
    }

    static boolean isHarmless(String parameter) {
        return HARMLESS.containsKey(parameter);
    }

    /// One request to a route.
    public record Call(Route route, String path, Optional<Object> body, Map<String, String> form) {

        public Answer by(TestClient client) {
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
        public Call named(String username) {
            var named = new LinkedHashMap<>(form);
            named.computeIfPresent("as", (_, _) -> username);
            named.computeIfPresent("target", (_, _) -> username);
            return new Call(
                    route, path.replaceAll("&(subAccountId|UserId|as)=[^&]*", "") + "&as=" + username, body, named);
        }

        @Override
        public String toString() {
            return route.verb() + " " + path + body.map(json -> " " + json).orElse("")
                    + (form.isEmpty() ? "" : " " + form);
        }
    }

    /// Returns the JSON body of a route, with a value in each field; empty if it takes none.
    public Optional<Object> body(Route route) {
        return route.body()
                .map(type -> type == JsonNode.class ? Map.of("customTheme", true) : ofWorkspace(route, sample(type)));
    }

    public String path(Route route) {
        String path = route.path();
        for (String name : route.pathParams()) {
            path = path.replace("{" + name + "}", idOf(name, route));
        }
        assertThat(path).as("path parameters of " + route).doesNotContain("{");
        return path;
    }

    public String query(Route route) {
        return route.queryParams().stream()
                .map(name -> name + "=" + TestClient.encode(valueOf(name, route)))
                .collect(Collectors.joining("&"));
    }

    public Map<String, String> form(Route route) {
        var form = new LinkedHashMap<String, String>();
        route.formParams().forEach(name -> form.put(name, valueOf(name, route)));
        return form;
    }

    private String valueOf(String name, Route route) {
        // Foreign brands, projects, workspaces and pools are in UsingAKeyOutsideOfItsLimitsTest.
        if (route.name().equals("POST /admin/api-keys") && LIMITS_OF_KEYS.contains(name)) {
            return "";
        }
        if (name.equals("to") && route.path().contains("Analytics")) {
            return ""; // a day
        }
        if (name.equals("filter")) {
            return "country:AE"; // in bodies it is an object
        }
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
        return id != null ? id : unknown(route, name);
    }

    /// A workspace has deliveries of its own, and a key is for one part of an account, and for what isn't a test.
    private Object ofWorkspace(Route route, Object body) {
        if (route.path().matches(".*/apikeys(create|update)") && body instanceof Map<?, ?> wish) {
            var one = new LinkedHashMap<Object, Object>(wish);
            one.keySet().removeAll(Set.of("projectId", "subClientId", "master", "test"));
            return one;
        }
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
        if (name.equals("rules") && field.getDeclaringRecord().getSimpleName().equals("ShortLinkStepBody")) {
            return List.of(Map.of("targetUrl", "https://stranger.example"));
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
            case "NewKeyBody.brands" -> List.of(requireNonNull(acmesIds.get("subAccountId")));
            case "NewMasterBody.id" -> "strangers-master";
            case "PoolSettingsBody.groups" -> "on";
            case "PoolSettingsBody.poolClass" -> "service";
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
            case "TemplateBody.buttons" -> List.of();
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
            default -> unknown(field.getDeclaringRecord(), name);
        };
    }
}
