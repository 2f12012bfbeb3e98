package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import dev.banyan.accounts.context.RouteEffect;
import dev.banyan.accounts.context.RouteEffects;
import dev.banyan.platform.db.Store;
import org.junit.jupiter.api.Test;

/// Finds out by the program itself which routes can give someone data or a way in: those from which a store is reached
/// that adds a row to a table that opens something. They are compared with the table of effects, so that a route that
/// begins to do such a thing, or a new one that does, can't be forgotten.
class RoutesByActTest {

    /// Tables whose rows let someone in, or send data to someone.
    private static final Set<String> OPENING = Set.of(
            "ACCOUNT_EXPORTS",
            "ACCOUNT_MOVES",
            "ACCOUNT_SSO",
            "ALERT_RECIPIENTS",
            "API_KEYS",
            "ASSISTANTS",
            "BACKUP_CODES",
            "BACKUP_PLAN",
            "DOMAINS",
            "EMAIL_CHANGES",
            "MEMBERSHIPS",
            "MEMBERSHIP_INVITATIONS",
            "OPERATORS",
            "PASSKEYS",
            "PROXIES",
            "SECOND_FACTORS",
            "SENDER_PROXIES",
            "SERVER_MAIL",
            "SUB_CLIENT_USERS",
            "SUPPORT_ACCESSES",
            "SUPPORT_CONSENTS",
            "WEBHOOK_ENDPOINTS",
            "WHATSAPP_CONNECTIONS",
            "WORKSPACE_API_KEYS",
            "WORKSPACE_INVITATIONS",
            "WORKSPACE_MAIL_SERVERS",
            "WORKSPACE_SSO");

    /// All others: their rows are content, settings, counters, or what a sign-in leaves behind.
    private static final Set<String> QUIET = Set.of("""
            ACCOUNTS ACCOUNT_MOVE_ROWS ACCOUNT_SSO_ATTEMPTS ACCOUNT_SSO_CUT_LINKS ACCOUNT_SSO_LINKS
            ACCOUNT_SSO_SESSIONS SSO_SIGN_INS WORKSPACE_SSO_CUT_LINKS
            ACCOUNT_USAGE ACCOUNT_WORDS ALERT_SETTINGS API_KEY_DAYS API_REQUESTS APPEARANCES ASSISTANT_RULES
            ASSISTANT_USAGE ATTACHMENTS AUDIT_CHAINS AUDIT_EVENTS AWAITED_FACTORS BACKUP_RESULTS BRAND_TEMPLATES
            BRAND_TEMPLATE_CONTENTS CAMPAIGNS CAMPAIGN_COUNTS CAMPAIGN_FIRST_CONTACTS CAMPAIGN_RECIPIENTS
            CAMPAIGN_SETTINGS CANNED_REPLIES CONTACTS CONTACT_ADDRESSES CONTACT_ALIASES CONTACT_MERGES CONTACT_MERGE_KEYS
            CONTACT_WORDS CONVERSATIONS
            CONVERSATION_WORDS DELETED_CONTENTS DISABLED_ACCOUNTS EMAIL_CONFIRMATIONS ERASED_ACCOUNTS
            FAILOVER_DECISIONS FAILOVER_SETTINGS GATEWAY_WEBHOOKS GRACES IDEMPOTENCY_KEYS IDENTITIES IMAGES
            INBOX_THREADS INCOMING_MESSAGES KNOWN_DEVICES LEASES LINKS LINK_GROUPS LINK_WORDS MAILS
            MEMBERSHIP_ACCOUNTS MEMBERSHIP_INVITATION_ACCOUNTS MESSAGES MESSAGE_BUTTONS MESSAGE_FILES
            MESSAGE_REACTIONS MOVED_ITEMS MOVE_STEPS NODES NOTE_MENTIONS OLD_HOST_READINGS OPT_OUTS OUTGOING_MESSAGES PACKS
            PAGES PAGE_WORDS PASSWORD_RESETS POOL_ALERTS POOL_CONTACTS POOL_LEASES POOL_SETTINGS POOL_STATES
            PORTFOLIO_COUNTS
            PORTFOLIO_PEOPLE PROJECTS
            RECENT_CONTEXTS REMOVED_FILES SAML_KEYS SAMPLE_PEOPLE SENDERS SENDER_CONFIG_FILES SENDER_EVENTS
            SENDER_HOURS SENDER_RATINGS SESSIONS SET_ASIDE_EVENTS SHORT_LINKS SHORT_LINK_TAGS
            SHORT_LINK_WORDS SIGN_INS SOCIAL_ICONS SUBSCRIPTIONS SUB_CLIENTS TENANT_USAGE TEST_MESSAGES THREAD_TAGS
            USED_CHALLENGES USERNAMES VISIT_ACCOUNTS VISIT_DAYS VISIT_JOURNAL VISIT_RECENT VISIT_SALTS
            VISIT_TENANT_DAYS WEBHOOK_DELIVERIES WORD_INDEX_PROGRESS WORKSPACE_ACTIVE_USERS WORKSPACE_INBOXES WORKSPACE_LIMITS
            WORKSPACE_OLD_PATHNAMES WORKSPACE_REGISTRATIONS WORKSPACE_SESSIONS WORKSPACE_SSO_ATTEMPTS
            WORKSPACE_SSO_LINKS WORKSPACE_SSO_SESSIONS WORKSPACE_STORAGE WORKSPACE_USAGE
            WORKSPACE_USAGE_LIMITS WORKSPACE_USAGE_WARNINGS WORKSPACE_USER_NETWORKS WORKSPACE_WORDS
            WRITE_CHECKS
            """.strip().split("\\s+"));

    /// Routes without such an effect though they reach such a row, and why.
    private static final Map<String, List<String>> HARMLESS = Map.of(
            "an invitation, a link or a registration that someone else has opened is answered",
            List.of(
                    "POST /admin/invitations/{accountId}/accept",
                    "POST /admin/invitations/{accountId}/reject",
                    "POST /api/admin/UserManagerRespond",
                    "POST /api/sub-client/confirm",
                    "POST /api/sub-client/forgot-password",
                    "POST /api/sub-client/invitation",
                    "POST /api/sub-client/register",
                    "GET /s/{shortPath}/confirm/{token}",
                    "POST /s/{shortPath}/forgot-password",
                    "POST /s/{shortPath}/invitation/{token}",
                    "POST /s/{shortPath}/register",
                    "POST /conversion",
                    "POST /invitation"),
            "an account of one's own",
            List.of(
                    "POST /api/public/Signup",
                    "POST /api/register",
                    "POST /register",
                    "POST /operator/account",
                    "POST /setup"),
            "the provider whom an admin has set up admits its people, who have signed in there",
            List.of(
                    "POST /api/sub-client/login",
                    "POST /api/sub-client/proof",
                    "POST /s/{shortPath}/login",
                    "POST /s/{shortPath}/profile/proof",
                    "GET /s/{shortPath}/sso/callback",
                    "GET /sso/{username}/callback",
                    "POST /sso/{username}"),
            "alerts go to the member who asks for them",
            List.of("POST /admin/pools/alerts", "PUT /api/whatsapp/alerts/settings"),
            "the password was given when it began",
            List.of("POST /admin/settings/email/change/link", "POST /admin/settings/passkeys"),
            "only shows the form or the report, whose other half writes",
            List.of(
                    "GET /api/projects/{projectId}/sub-clients/{subClientId}/users/import",
                    "GET /projects/{projectId}/sub-clients/{subClientId}/users/import",
                    "GET /s/{shortPath}/users/import"));

    @Test
    void everyTableIsKnown() throws ReflectiveOperationException {
        assertThat(Arrays.stream(Class.forName("dev.banyan.schema.Tables").getFields())
                        .map(Field::getName))
                .as("a new table: do its rows let someone in, or send data to someone?")
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(OPENING.stream(), QUIET.stream()).toList());
    }

    @Test
    void aRouteThatLeadsToARowThatOpensSomethingIsKnownToGive() {
        Map<String, Set<String>> reached = reached();
        assertThat(reached).as("the walk finds something").hasSizeGreaterThan(100);
        Set<String> harmless = HARMLESS.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        assertThat(reached.keySet()).containsAll(harmless);
        assertThat(reached)
                .allSatisfy((route, tables) -> assertThat(RouteEffects.of(route))
                        .as(route + " reaches " + tables)
                        .satisfies(effect ->
                                assertThat(effect == RouteEffect.NEITHER).isEqualTo(harmless.contains(route))));
    }

    @Test
    void everyWritingRouteIsInTheTableAndEveryLineIsARoute() {
        Set<String> routes = Routes.all().stream().map(Routes.Route::name).collect(Collectors.toSet());
        assertThat(routes.stream().filter(route -> !route.matches("(GET|HEAD|OPTIONS) .*")))
                .as("a new route: does it give someone data or a way in (rights/effects.txt)?")
                .allMatch(RouteEffects.all()::contains);
        assertThat(routes).containsAll(RouteEffects.all());
    }

    @Test
    void whatIsNotInTheTableIsClosed() {
        assertThat(RouteEffects.of("POST /api/admin/NewRoute")).isEqualTo(RouteEffect.ADMITS);
        assertThat(RouteEffects.asksForProof("POST /api/admin/NewRoute")).isTrue();
        assertThat(RouteEffects.isOpenToSupport("POST /api/admin/NewRoute")).isFalse();
    }

    private static Map<String, Set<String>> reached() {
        var found = new TreeMap<String, Set<String>>();
        for (JavaClass type : ReachingRoutes.CLASSES) {
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                Set<String> tables = inserts(unit);
                if (!tables.isEmpty()) {
                    ReachingRoutes.of(unit)
                            .forEach(route -> found.computeIfAbsent(route, _ -> new TreeSet<>())
                                    .addAll(tables));
                }
            }
        }
        return found;
    }

    private static Set<String> inserts(JavaCodeUnit unit) {
        boolean inserts = unit.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getName().equals("insertInto") || isPutOfAStore(call));
        return inserts
                ? unit.getFieldAccesses().stream()
                        .filter(access -> access.getTargetOwner().getName().equals("dev.banyan.schema.Tables"))
                        .map(access -> access.getName())
                        .filter(OPENING::contains)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static boolean isPutOfAStore(JavaMethodCall call) {
        return call.getName().equals("put") && call.getTargetOwner().isAssignableTo(Store.class);
    }
}
