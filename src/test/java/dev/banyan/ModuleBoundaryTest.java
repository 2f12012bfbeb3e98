package dev.banyan;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import dev.banyan.schema.DefaultSchema;
import dev.banyan.workspaces.Participant;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.Table;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The rules of the house (design 3, CONTRIBUTING), as far as compiled classes show them.
class ModuleBoundaryTest {

    private static final String ROOT = "dev.banyan";
    private static final String SCHEMA = "dev.banyan.schema..";

    /// Who may call whom. Everybody may call `platform`; the root package wires the server together and may call all.
    private static final Map<String, Set<String>> MAY_CALL = Map.of(
            "platform", Set.of(),
            "accounts", Set.of("platform"),
            "whatsapp", Set.of("platform", "accounts"),
            "analytics", Set.of("platform", "accounts"),
            "themes", Set.of("platform", "accounts"),
            "shortlinks", Set.of("platform", "accounts", "analytics"),
            "pages", Set.of("platform", "accounts", "whatsapp", "analytics", "themes"),
            "workspaces", Set.of("platform", "accounts", "whatsapp"),
            "console", Set.of("platform", "accounts", "whatsapp", "pages", "workspaces"));

    /// Classes that speak HTTP without being resources, and why.
    private static final Map<String, String> SPEAK_HTTP = Map.ofEntries(
            Map.entry("ActingAs", "answers for all resources why there is no context"),
            Map.entry("AppearanceForm", "is the fields of a form"),
            Map.entry("AnalyticsCsv", "streams analytics for two resources"),
            Map.entry("AgencyMeters", "measures requests at the edge, where their whole time is known"),
            Map.entry("ApiKeyDoor", "answers for all routes of programs why a key does not open them"),
            Map.entry("OperatorJobs", "starts jobs for a page and a route, and notes who asked"),
            Map.entry("Arrivals", "answers for every door whoever has come in by it"),
            Map.entry("AtPeople", "answers for all pages about an account's people why there is nobody"),
            Map.entry("AsOperator", "answers for all pages of operators why others have none"),
            Map.entry("AttachmentAnswers", "gives out files for chat and inbox, with headers that let nothing act"),
            Map.entry("AuditFiles", "streams the audit for two resources"),
            Map.entry("AssistantForm", "is the fields of a form that two resources take"),
            Map.entry("EditorAnswers", "answers for three resources what is shown of the editor"),
            Map.entry("LinkFields", "is the fields of the form of a link"),
            Map.entry("InboxFilters", "is what stands in the address of every page of the inbox"),
            Map.entry("InboxThreadPages", "answers for three resources what is shown of a thread"),
            Map.entry("AtWorkspace", "answers for all pages of a workspace why nobody can enter"),
            Map.entry("BoardSocket", "is a resource that speaks over a WebSocket"),
            Map.entry("BoardSockets", "pings and closes them"),
            Map.entry("ChatSocket", "is a resource that speaks over a WebSocket"),
            Map.entry("ChatSockets", "pings and closes them"),
            Map.entry("ConsoleGuard", "reads the token of a terminal that wants to connect"),
            Map.entry("InProject", "answers for all pages of projects why there is nothing"),
            Map.entry("InboxSocket", "is a resource that speaks over a WebSocket"),
            Map.entry("InboxSockets", "pings and closes them"),
            Map.entry("MemberSockets", "pings and closes them"),
            Map.entry("MemberUpgrade", "refuses their handshakes"),
            Map.entry("InWorkspace", "answers for all resources of workspaces why nobody may act"),
            Map.entry("LookPreviews", "draws one page for two resources"),
            Map.entry("NumberGlance", "asks the handshakes of many sockets together who they are"),
            Map.entry("NumberDoor", "answers for all pages about a workspace's number why a user has none"),
            Map.entry("NumberSocket", "is a resource that speaks over a WebSocket"),
            Map.entry("NumberSockets", "pings and closes them, and asks their handshakes who they are"),
            Map.entry("NumberUpgrade", "refuses their handshakes"),
            Map.entry("NumberVisitors", "reads their handshakes again and again"),
            Map.entry("HistoryAnswers", "writes lists of events and counts for two resources"),
            Map.entry("InPools", "answers for all resources of pools why nobody may act"),
            Map.entry("MessageParameters", "reads the parameters of two lists, or answers which is wrong"),
            Map.entry("NumberAnswers", "answers for all resources of numbers why there is none"),
            Map.entry("SenderAnswers", "writes senders for all resources that have any"),
            Map.entry("SenderSearch", "lists senders for three resources"),
            Map.entry("PoolEventSocket", "is a resource that speaks over a WebSocket"),
            Map.entry("PoolEventSockets", "pings and closes them"),
            Map.entry("PoolUpgrade", "refuses their handshakes, and those of boards"),
            Map.entry("PoolVisits", "is found in their handshakes"),
            Map.entry("PublicVisits", "reads off a request what analytics are told of a visitor"),
            Map.entry("PoolPages", "answers for all pages of pools why a sub-account has none"),
            Map.entry("SubAccountPages", "answers for all pages about a sub-account why there is none"),
            Map.entry("ShortLinkFields", "is the fields of a form that two routes take"),
            Map.entry("VisitorPages", "answers visitors of short links why they lead nowhere"),
            Map.entry("RecentProofFilter", "asks for a recent proof of identity before any method of a table"),
            Map.entry("Device", "is what a request says of the browser, for all ways in"),
            Map.entry("Sessions", "writes and takes back the session cookie"),
            Map.entry("Devices", "reads and writes the cookie by which a device is known again"),
            Map.entry("VisitorRequest", "reads what requests say of visitors, for resources of three packages"),
            Map.entry("UploadedPicture", "reads a file that came with a form, for two resources"),
            Map.entry("WorkspaceCookies", "reads, writes and takes back the cookies of workspaces"));

    /// Classes that draw with Qute without being a page, and why.
    private static final Map<String, String> DRAW = Map.of(
            "VisitorPages", "draws what visitors of short links read, with a policy of its own",
            "SwitcherOptions", "a part of a page, fetched by htmx",
            "LiveCount", "a part of a page, fetched by htmx",
            "PageDrawing", "renders public pages once, to keep them as bytes");

    /// Store methods that do not begin with whose data they touch, and why that is right.
    private static final Map<String, String> UNSCOPED = new TreeMap<>(Map.ofEntries(
            Map.entry("AccountStore.insert", "the account carries its owner"),
            Map.entry("AccountStore.active", "ids that memberships and invitations of one person gave"),
            Map.entry("AccountInvitationStore.findByToken", "a secret that was mailed"),
            Map.entry("AccountInvitationStore.addressedTo", "the confirmed e-mail of whoever asks"),
            Map.entry("AccountInvitationStore.countAddressedTo", "the confirmed e-mail of whoever asks"),
            Map.entry("AccountRowStore.account", "makes an account of a row that was found"),
            Map.entry("ErasureStore.due", "a job over the deleted ones of all tenants"),
            Map.entry("AccountWordStore.withoutWords", "a job over the accounts of all tenants"),
            Map.entry("AttachmentStore.release", "a path below files/, which the caller made of its own row"),
            Map.entry("AttachmentStore.left", "a job looks for files that nobody sent"),
            Map.entry("AttachmentStore.removed", "a job removes files whose rows are gone"),
            Map.entry("AttachmentStore.forget", "a job removes files whose rows are gone"),
            Map.entry("OutgoingStore.message", "makes a message of a row that was found"),
            Map.entry("IncomingStore.message", "makes a message of a row that was found"),
            Map.entry("MessageStore.message", "makes a message of a row that was found"),
            Map.entry("ConversationStore.empty", "a job looks for what nobody said anything in"),
            Map.entry("ConversationStore.deleteEmpty", "a job forgets what nobody said anything in"),
            Map.entry("ApiKeyStore.findForProgram", "found by the secret of the key"),
            Map.entry("ApiKeyStore.deleteDaysBefore", "a job deletes what is old of all tenants"),
            Map.entry("DeletedContentStore.forget", "a job forgets what is too old to be brought back"),
            Map.entry("AccountStore.claim", "the account carries its owner"),
            Map.entry("AccountStore.isTaken", "usernames are unique on the whole server"),
            Map.entry("AccountStore.findByUsername", "usernames are unique on the whole server"),
            Map.entry("AccountStore.roots", "the operator's list of all tenants"),
            Map.entry("AccountStore.plan", "a root account is its own owner"),
            Map.entry("AccountStore.plans", "root accounts are their own owners"),
            Map.entry(
                    "SubscriptionStore.find",
                    "the subscriptions of a list in one query; the ids come from a scoped one"),
            Map.entry("SubscriptionStore.cancelledBefore", "a job looks for those whose time is over"),
            Map.entry("GraceStore.due", "a job looks for those whose time is over"),
            Map.entry("UsageStore.used", "the counters of a list in one query; the ids come from a scoped one"),
            Map.entry("AccountCountStore.roots", "the operator's figures of all tenants"),
            Map.entry("AccountCountStore.rootsOff", "the operator's figures of all tenants"),
            Map.entry("AccountCountStore.rootsSince", "the operator's figures of all tenants"),
            Map.entry("AccountCountStore.subAccounts", "the operator's figures of all tenants"),
            Map.entry("SignInStore.insert", "a row carries the person whose it is"),
            Map.entry("SignInStore.deleteBefore", "a job deletes what is old of everybody"),
            Map.entry("IdentityStore.insert", "an identity belongs to nobody but itself"),
            Map.entry("IdentityStore.hasOperator", "asks about the server, not about a tenant"),
            Map.entry("IdentityStore.findByEmail", "e-mails are unique on the whole server"),
            Map.entry("IdentityStore.insertConfirmation", "found by the secret of the link"),
            Map.entry("IdentityStore.confirm", "found by the secret of the link"),
            Map.entry("IdentityStore.deleteConfirmationsBefore", "clears expired links of everybody"),
            Map.entry("EmailChangeStore.findByToken", "found by the secret of the link"),
            Map.entry("EmailChangeStore.deleteExpired", "clears expired links of everybody"),
            Map.entry("PasswordResetStore.put", "an e-mail, which somebody here has or nobody"),
            Map.entry("PasswordResetStore.claimTry", "an e-mail, which somebody here has or nobody"),
            Map.entry("PasswordResetStore.delete", "an e-mail, which somebody here has or nobody"),
            Map.entry("PasswordResetStore.deleteExpired", "clears expired codes of everybody"),
            Map.entry("AwaitedFactorStore.find", "found by the secret of the sign-in"),
            Map.entry("AwaitedFactorStore.claimTry", "found by the secret of the sign-in"),
            Map.entry("AwaitedFactorStore.putCode", "found by the secret of the sign-in"),
            Map.entry("AwaitedFactorStore.delete", "found by the secret of the sign-in"),
            Map.entry("AwaitedFactorStore.deleteExpired", "clears expired sign-ins of everybody"),
            Map.entry("PasskeyStore.insert", "the passkey carries whose it is"),
            Map.entry("PasskeyStore.find", "whoever signs in with a passkey alone says nothing but which one it is"),
            Map.entry("PasskeyStore.claimChallenge", "found by the secret of the challenge"),
            Map.entry("PasskeyStore.deleteChallengesBefore", "clears answered challenges of everybody"),
            Map.entry("DeviceStore.deleteSeenBefore", "a job forgets old devices of everybody"),
            Map.entry("ShortLinkStore.findForVisitor", "a visitor knows no account"),
            Map.entry("ShortLinkStore.taken", "slugs are unique on the whole server"),
            Map.entry("VisitJournalStore.next", "a job over the clicks of all tenants"),
            Map.entry("VisitJournalStore.take", "each row carries its owner"),
            Map.entry("LinkStore.findForVisitor", "a visitor knows no account"),
            Map.entry("PublicContentStore.findForVisitor", "a visitor knows no account"),
            Map.entry("PublicContentStore.listed", "the list of all pages that search engines get"),
            Map.entry("PublicContentStore.endOf", "the list of all pages that search engines get"),
            Map.entry(
                    "AccountStore.activeUsernames", "names that visitors may see; the ids come from the list of pages"),
            Map.entry("WorkspaceStore.takenShortIds", "short ids are unique on the whole server"),
            Map.entry("WorkspaceStore.findByShortId", "a visitor knows no account"),
            Map.entry("WorkspaceStore.findOpenDefault", "a visitor knows no account"),
            Map.entry("WorkspaceWordStore.withoutWords", "a job over the workspaces of all tenants"),
            Map.entry("WorkspaceStore.findByDomain", "a visitor knows no account"),
            Map.entry("WorkspaceStore.findByWhatsappClient", "numbers are unique on the whole server"),
            Map.entry("WorkspaceStore.withNumbers", "a project was switched off; its id is all that is told"),
            Map.entry("WorkspaceStore.findById", "for the holder of a session in it"),
            Map.entry("AssistantStore.sealedKeys", "the doctor looks whether the server's key opens them"),
            Map.entry("InvitationStore.deleteExpired", "clears expired links of everybody"),
            Map.entry("WaitingRegistrationStore.deleteExpired", "clears what waited too long, everybody's"),
            Map.entry("WorkspaceArchiveStore.tables", "names of tables, and no rows"),
            Map.entry("WorkspaceSessionStore.find", "found by the secret of the session"),
            Map.entry("WorkspaceSessionStore.renew", "found by the secret of the session"),
            Map.entry("WorkspaceSessionStore.delete", "found by the secret of the session"),
            Map.entry("SetAsideStore.deleteBefore", "a job forgets what was set aside for everybody"),
            Map.entry("WorkspaceUserNetworkStore.deleteSeenBefore", "a job forgets old networks of everybody"),
            Map.entry("WorkspaceSessionStore.deleteExpired", "clears expired sessions of everybody"),
            Map.entry("ContactStore.contact", "makes a contact of a row that was found"),
            Map.entry("ThreadMessageStore.unanswered", "a start of the server, for everybody"),
            Map.entry("AuditChainStore.holdAll", "one node seals at a time, for everybody"),
            Map.entry("AuditChainStore.unsealed", "a job seals the rows of everybody"),
            Map.entry("AuditChainStore.chains", "whoever runs the server verifies all chains"),
            Map.entry("AuditChainStore.endless", "whoever runs the server verifies all chains"),
            Map.entry("AuditChainStore.waiting", "whoever runs the server verifies all chains"),
            Map.entry("AgencyFigureStore.roots", "the operator's figures of all tenants"),
            Map.entry("AgencyFigureStore.agencies", "the operator's figures of all tenants"),
            Map.entry("AuditSearchStore.ofAll", "the operator's audit of all tenants"),
            Map.entry("AuditNameStore.roots", "whoever runs the server verifies all chains"),
            Map.entry("AuditNameStore.usernamesOfAll", "the operator's audit of all tenants"),
            Map.entry("AuditNameStore.emails", "the operator's audit of all tenants"),
            Map.entry("AuditNameStore.operators", "asks about the server, not about a tenant"),
            Map.entry("ImageStore.findForVisitor", "a browser knows nothing but the address"),
            Map.entry("ImageStore.after", "a job looks for pictures that nobody names, for all tenants"),
            Map.entry("OutboxStore.inline", "a word of the table"),
            Map.entry("OutboxStore.isIn", "a condition that others are added to"),
            Map.entry("SenderEventStore.deleteBefore", "a job deletes what is old of all tenants"),
            Map.entry("MessageButtonStore.findForVisitor", "a visitor knows the public page's account alone"),
            Map.entry("SenderHoursStore.deleteOldestHour", "a job deletes what is old of all tenants"),
            Map.entry("OutgoingStore.duePools", "a job sends what is due for all tenants"),
            Map.entry(
                    "OutgoingStore.unanswered",
                    "a job and a start look for what was handed over without an answer, for all tenants"),
            Map.entry("VisitStore.unswept", "a job deletes what is old of all tenants"),
            Map.entry("VisitStore.unreported", "a job reports to all tenants"),
            Map.entry("VisitStore.ownerOf", "found by the secret of the link in a mail"),
            Map.entry("VisitStore.weekOf", "a word of the table"),
            Map.entry("SenderStore.giveUpLinkings", "a start of the server, for everybody"),
            Map.entry("SenderStore.restorable", "a start of the server, for everybody"),
            Map.entry("SenderStore.tenantsWithFiles", "a start of the server, for everybody"),
            Map.entry("SenderStore.tenantsWithMasters", "the console's choice, for whoever runs the server")));

    private static final JavaClasses CODE = new ClassFileImporter().importPath("target/classes/dev/banyan");

    private static final DescribedPredicate<JavaClass> OURS =
            describe("ours", type -> !type.getPackageName().startsWith("dev.banyan.schema"));

    @Test
    void packagesCallOnlyWhomTheyMay() {
        classes()
                .that(OURS)
                .should(callOnlyWhomTheyMay())
                .because("design 3 draws these arrows and no others")
                .check(CODE);
    }

    private static ArchCondition<JavaClass> callOnlyWhomTheyMay() {
        return new ArchCondition<>("call only whom their package may") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String from = moduleOf(type);
                type.getDirectDependenciesFromSelf().forEach(dependency -> {
                    String to = moduleOf(dependency.getTargetClass());
                    boolean foreign = !to.isEmpty() && !to.equals(from) && !to.equals("schema");
                    if (foreign
                            && !from.equals(ROOT)
                            && !MAY_CALL.getOrDefault(from, Set.of()).contains(to)) {
                        events.add(violated(type, from + " may not call " + to + ": " + dependency.getDescription()));
                    }
                });
            }
        };
    }

    /// `accounts`, `platform` and so on; `dev.banyan` for the root package; empty for what is not ours.
    private static String moduleOf(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(ROOT)) {
            return ROOT;
        }
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1).split("\\.")[0] : "";
    }

    @Test
    void everyPackageIsInTheTable() {
        Set<String> packages = CODE.stream()
                .filter(OURS)
                .map(ModuleBoundaryTest::moduleOf)
                .filter(module -> !module.equals(ROOT))
                .collect(toSet());
        assertThat(MAY_CALL.keySet()).as("packages with a row in MAY_CALL").containsAll(packages);
    }

    @Test
    void nothingGoesInCircles() {
        slices().matching("dev.banyan.(*)..")
                .should()
                .beFreeOfCycles()
                // Generated columns carry our id types, and stores use the columns.
                .ignoreDependency(alwaysTrue(), resideInAPackage(SCHEMA))
                .because("a circle cannot be understood, tested or moved piece by piece")
                .check(CODE);
        slices().matching("dev.banyan.platform.(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void everyTableHasOneOwner() throws IOException {
        assertThat(owners().keySet())
                .as("tables named after “Owns the tables” in the package-info files")
                .containsExactlyInAnyOrderElementsOf(tables());
    }

    @Test
    void onlyStoresOfTheOwnerTouchATable() throws IOException {
        Map<String, String> owners = owners();
        classes()
                .that(OURS)
                .should(new ArchCondition<>("touch only tables that their package owns, and only in stores") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        tablesOf(type).forEach(table -> {
                            String owner = owners.getOrDefault(table, "nobody");
                            if (!owner.equals(moduleOf(type)) || !isStore(type)) {
                                events.add(violated(
                                        type, type.getName() + " touches the table " + table + " of " + owner));
                            }
                        });
                    }
                })
                .because("nobody reads another package's tables: ask its operations")
                .check(CODE);
    }

    private static Set<String> tables() {
        return DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                .map(Table::getName)
                .collect(toSet());
    }

    /// Table by table, the package that says it owns it.
    private static Map<String, String> owners() throws IOException {
        var owners = new TreeMap<String, String>();
        try (Stream<java.nio.file.Path> files = Files.walk(java.nio.file.Path.of("src/main/java/dev/banyan"))) {
            for (var file :
                    files.filter(path -> path.endsWith("package-info.java")).toList()) {
                String text = Files.readString(file);
                var owns = Pattern.compile("Owns the tables?([^.]*)\\.").matcher(text);
                if (owns.find()) {
                    String module = file.getName(file.getNameCount() - 2).toString();
                    Pattern.compile("`([a-z_]+)`")
                            .matcher(owns.group(1))
                            .results()
                            .map((MatchResult table) -> table.group(1))
                            .forEach(table -> assertThat(owners.put(table, module))
                                    .as("two packages say they own " + table)
                                    .isNull());
                }
            }
        }
        return owners;
    }

    private static boolean isStore(JavaClass type) {
        return outermost(type).getSimpleName().endsWith("Store");
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ModuleBoundaryTest::outermost).orElse(type);
    }

    /// Constants of `Tables` and columns of the table classes.
    private static Set<String> tablesOf(JavaClass type) {
        return Stream.concat(
                        type.getFieldAccessesFromSelf().stream()
                                .map(JavaAccess::getTarget)
                                .filter(target -> target.getOwner().getName().equals("dev.banyan.schema.Tables"))
                                .map(target -> target.getName().toLowerCase(Locale.ROOT)),
                        type.getFieldAccessesFromSelf().stream()
                                .map(JavaAccess::getTarget)
                                .filter(target ->
                                        target.getOwner().getPackageName().equals("dev.banyan.schema.tables"))
                                .map(target -> snake(target.getOwner().getSimpleName())))
                .collect(toSet());
    }

    private static String snake(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /// Classes that know that live senders are actors; all others tell `Sessions` what they want.
    private static final Set<String> ACTORS =
            Set.of("Actors", "EntityRegion", "SenderEntity", "PoolEntity", "Sessions");

    @Test
    void onlyLiveEntitiesKnowThatTheyAreActors() {
        noClasses()
                .that(OURS)
                .and(describe(
                        "are not entities, nor keep them",
                        type -> !(moduleOf(type).equals("whatsapp")
                                && ACTORS.contains(outermost(type).getSimpleName()))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.pekko..")
                .because("rules and rows must not notice when senders live on several machines")
                .check(CODE);
    }

    @Test
    void onlyStoresSpeakSql() {
        noClasses()
                .that(OURS)
                .and(describe("are not stores", type -> !isStore(type)))
                .and()
                .resideOutsideOfPackage("dev.banyan.platform.db..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jooq..", "java.sql..", "javax.sql..", SCHEMA)
                .because("SQL in an operation or a resource is SQL that the store contract tests never run")
                .check(CODE);
    }

    @Test
    void onlyResourcesSpeakHttp() {
        noClasses()
                .that(OURS)
                .and(describe("are neither resources nor named", type -> !speaksHttp(type)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "org.jboss.resteasy..", "io.vertx..")
                .because("the console calls the same operations: a rule in a resource is a rule that it misses")
                .check(CODE);
    }

    private static boolean speaksHttp(JavaClass type) {
        String name = outermost(type).getSimpleName();
        return type.getPackageName().equals("dev.banyan.platform.web")
                || name.endsWith("Resource")
                || SPEAK_HTTP.containsKey(name);
    }

    @Test
    void onlyPagesDraw() {
        noClasses()
                .that(OURS)
                .and(describe("draw nothing", type -> !draws(type)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.quarkus.qute..")
                .because("what a page shows is one record, checked against its template")
                .check(CODE);
    }

    private static boolean draws(JavaClass type) {
        String name = outermost(type).getSimpleName();
        return type.getPackageName().equals("dev.banyan.platform.web")
                || name.endsWith("Page")
                || DRAW.containsKey(name);
    }

    @Test
    void templatesAreRecords() {
        classes()
                .that()
                .implement(TemplateInstance.class)
                .and(OURS)
                .should()
                .beRecords()
                .because("checked record templates fail at build, not on a visitor's screen")
                .check(CODE);
    }

    @Test
    void beansAreMadeByTheirConstructors() {
        noFields()
                .that()
                .areDeclaredInClassesThat(are(OURS))
                .should()
                .beAnnotatedWith(Inject.class)
                .because("a constructor says what a class needs, and tests call it")
                .check(CODE);
    }

    @Test
    void oldAndUnsafeThingsStayAway() {
        noClasses()
                .that(OURS)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Date")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Calendar")
                .because("time is an Instant from the one clock")
                .check(CODE);
        noClasses()
                .that(OURS)
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .because("what must not be guessed comes from SecureRandom")
                .check(CODE);
        noClasses()
                .that(OURS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("lombok..")
                .because("records do that job")
                .check(CODE);
        noClasses()
                .that(OURS)
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Clock.class, "systemUTC")
                .because("a test must be able to turn the clock")
                .check(CODE);
    }

    @Test
    void storesAskWhoseDataItIs() {
        methods()
                .that()
                .areDeclaredInClassesThat(are(simpleNameEndingWith("Store")))
                .and()
                .areNotPrivate()
                .and(describe("touch a store with tenants' tables", method -> hasTenants(method.getOwner())))
                .and(describe("are written by people", method -> !isGenerated(method)))
                .should(new ArchCondition<>("take Owner, AccountId, IdentityId or Participant first") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean scoped = method.getRawParameterTypes().stream()
                                .findFirst()
                                .filter(first -> first.isEquivalentTo(Owner.class)
                                        || first.isEquivalentTo(AccountId.class)
                                        || first.isEquivalentTo(IdentityId.class)
                                        || first.isEquivalentTo(Participant.class)) // holds the tenant
                                .isPresent();
                        if (!scoped && !UNSCOPED.containsKey(name(method))) {
                            events.add(violated(method, name(method) + " does not say whose data it touches"));
                        }
                    }
                })
                .because("a query without an owner is a query over all tenants")
                .check(CODE);
    }

    @Test
    void noExceptionOutlivesItsMethod() {
        Set<String> methods = CODE.stream()
                .filter(ModuleBoundaryTest::isStore)
                .flatMap(type -> type.getMethods().stream())
                .map(ModuleBoundaryTest::name)
                .collect(toSet());
        assertThat(methods).as("store methods").containsAll(UNSCOPED.keySet());
        Set<String> types = CODE.stream().map(JavaClass::getSimpleName).collect(toSet());
        assertThat(types).containsAll(SPEAK_HTTP.keySet()).containsAll(DRAW.keySet());
    }

    private static boolean hasTenants(JavaClass store) {
        return Stream.concat(Stream.of(store), CODE.stream().filter(type -> type != store && outermost(type) == store))
                .flatMap(type -> tablesOf(type).stream())
                .anyMatch(name -> DefaultSchema.DEFAULT_SCHEMA.getTable(name).field("tenant_id") != null);
    }

    private static boolean isGenerated(JavaMethod method) {
        return method.getModifiers().contains(JavaModifier.SYNTHETIC)
                || method.getName().contains("$");
    }

    private static String name(JavaMethod method) {
        return method.getOwner().getSimpleName() + "." + method.getName();
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .that(OURS)
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Info|Data)(\\$.*)?")
                .because("these words fit everything and explain nothing (CONTRIBUTING, “Names”)")
                .check(CODE);
    }

    @Test
    void everyPackageForbidsNull() {
        Set<String> open = CODE.stream()
                .filter(OURS)
                .map(JavaClass::getPackage)
                .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(toSet());
        assertThat(open)
                .as("packages without a package-info.java that says @NullMarked: NullAway would not look there")
                .isEmpty();
    }

    @Test
    void resourcesAnswerOnVirtualThreads() {
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .beAnnotatedWith(RunOnVirtualThread.class)
                .andShould()
                .haveSimpleNameEndingWith("Resource")
                .because("a resource waits for the database, and an event loop must not")
                .check(CODE);
    }

    @Test
    void resourceMethodsArePublic() {
        methods()
                .that(describe(
                        "answer a request",
                        method -> method.getAnnotations().stream()
                                .anyMatch(annotation -> annotation.getRawType().isMetaAnnotatedWith(HttpMethod.class)
                                        || annotation.getRawType().isAnnotatedWith(HttpMethod.class))))
                .or()
                .areAnnotatedWith(Path.class)
                .should()
                .bePublic()
                .because("Quarkus leaves others out at run time without failing the build (stack.md)")
                .check(CODE);
    }

    @Test
    void whatIsKeptDoesNotChange() {
        fields().that()
                .areDeclaredInClassesThat(are(resideInAPackage("dev.banyan..").and(simpleNameEndingWith("Resource"))))
                .should()
                .beFinal()
                .because("a resource is shared by all requests")
                .check(CODE);
    }
}
