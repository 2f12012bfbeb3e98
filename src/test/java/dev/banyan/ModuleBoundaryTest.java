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

import module java.base;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.schema.DefaultSchema;
import dev.banyan.workspaces.Participant;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ext.ParamConverterProvider;
import org.jooq.Table;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The rules of the architecture (design 3, CONTRIBUTING), as far as compiled classes show them.
class ModuleBoundaryTest {

    private static final String ROOT = "dev.banyan";
    private static final String SCHEMA = "dev.banyan.schema..";

    /// Allowed calls between packages. Every package may call `platform`; the root package wires the server together
    /// and may call all.
    private static final Map<String, Set<String>> MAY_CALL = Map.ofEntries(
            Map.entry("platform", Set.of()),
            Map.entry("accounts", Set.of("platform")),
            Map.entry("whatsapp", Set.of("platform", "accounts")),
            Map.entry("analytics", Set.of("platform", "accounts")),
            Map.entry("themes", Set.of("platform", "accounts")),
            Map.entry("shortlinks", Set.of("platform", "accounts", "analytics")),
            Map.entry("pages", Set.of("platform", "accounts", "whatsapp", "analytics", "themes")),
            Map.entry("workspaces", Set.of("platform", "accounts", "whatsapp")),
            Map.entry("mcp", Set.of("platform", "accounts")),
            Map.entry("console", Set.of("platform", "accounts", "whatsapp", "pages", "workspaces")),
            Map.entry(
                    "demo",
                    Set.of(
                            "platform",
                            "commands",
                            "accounts",
                            "analytics",
                            "pages",
                            "shortlinks",
                            "themes",
                            "whatsapp",
                            "workspaces")),
            Map.entry("commands", Set.of("platform", "accounts", "console", "whatsapp", "workspaces")));

    /// The rooms of each package, lowest first: a room may call the core, which is the package itself, and the rooms
    /// before it. The purpose of a room is in its `package-info.java`.
    private static final Map<String, List<String>> ROOMS = Map.of(
            "platform",
                    List.of(
                            "outcome",
                            "document",
                            "fields",
                            "config",
                            "jobs",
                            "db",
                            "files",
                            "cluster",
                            "cache",
                            "search",
                            "secrets",
                            "http",
                            "dns",
                            "audit",
                            "mail",
                            "limits",
                            "backup",
                            "web",
                            "web.answer",
                            "web.page",
                            "web.json",
                            "web.docs",
                            "web.request",
                            "web.gate",
                            "web.socket",
                            "webhooks",
                            "sso",
                            "sso.realm"),
            "accounts",
                    List.of(
                            "plans",
                            "signin.factors",
                            "context",
                            "checklist",
                            "search",
                            "keys",
                            "webhooks",
                            "domains",
                            "signin",
                            "settings",
                            "support",
                            "moves",
                            "brands",
                            "exports",
                            "people",
                            "sso",
                            "subscription",
                            "audit",
                            "operator"),
            "whatsapp",
                    List.of(
                            "contacts",
                            "changes",
                            "history",
                            "access",
                            "connections",
                            "proxies",
                            "optouts",
                            "failover",
                            "alerts",
                            "messages",
                            "campaigns",
                            "session",
                            "simulator",
                            "drivers",
                            "drivers.cloud",
                            "drivers.waha",
                            "drivers.evolution",
                            "templates",
                            "numbers",
                            "configfile",
                            "pools"),
            "pages", List.of("visitor", "copying", "looks", "transport", "editor"),
            "workspaces",
                    List.of(
                            "usage",
                            "access",
                            "mail",
                            "users",
                            "sso",
                            "trash",
                            "signin",
                            "keys",
                            "audit",
                            "usage.pages",
                            "administration",
                            "number",
                            "assistant",
                            "chat",
                            "inbox",
                            "migration",
                            "archive",
                            "many"),
            "console", List.of("numbers", "moving", "session", "client"),
            "analytics", List.of("visitors", "reports"),
            "shortlinks", List.of(),
            "themes", List.of(),
            "demo", List.of());

    /// Packages involved in every request.
    private static final Pattern SPEAK_HTTP = Pattern.compile("\\.(web|context|access|api)(\\.|$)");

    /// Class names that indicate HTTP.
    private static final Pattern NAMED_FOR_HTTP =
            Pattern.compile("(Resource|Sockets?|Upgrade|Form|Fields|Filters?|Guard|Answers|Pages)$");

    private static final int MOST_FILES = 50;
    private static final int LARGEST_CIRCLE = 4;
    private static final int MOST_EXEMPTIONS = 20;

    private static final JavaClasses CODE = ReachingRoutes.CLASSES;

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

    /// Returns `accounts`, `platform` and so on; `dev.banyan` for the root package; empty for external classes.
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
    void roomsCallOnlyRoomsBelow() {
        classes()
                .that(OURS)
                .should(new ArchCondition<>("call only rooms that lie below theirs") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        int floor = floorOf(type);
                        type.getDirectDependenciesFromSelf().stream()
                                .filter(dependency ->
                                        moduleOf(dependency.getTargetClass()).equals(moduleOf(type)))
                                .filter(dependency -> floorOf(dependency.getTargetClass()) > floor)
                                .forEach(dependency -> events.add(violated(type, dependency.getDescription())));
                    }
                })
                .because("whoever reads a room needs to know only what lies below it (house, “Laws”)")
                .check(CODE);
    }

    /// Returns 0 for a core, 1 for the lowest room above it.
    private static int floorOf(JavaClass type) {
        String module = moduleOf(type);
        String core = module.equals(ROOT) ? ROOT : ROOT + "." + module;
        if (type.getPackageName().equals(core)) {
            return 0;
        }
        String room = type.getPackageName().substring(core.length() + 1);
        int at = ROOMS.getOrDefault(module, List.of()).indexOf(room);
        if (at < 0) {
            throw new AssertionError(type.getPackageName() + " has no row in ROOMS");
        }
        return at + 1;
    }

    @Test
    void everyRoomIsInTheTableAndSmall() throws IOException {
        try (Stream<java.nio.file.Path> found = Files.walk(java.nio.file.Path.of("src/main/java/dev/banyan"))) {
            var files = new TreeMap<String, Integer>();
            found.filter(path -> path.toString().endsWith(".java"))
                    .forEach(path ->
                            files.merge(Objects.requireNonNull(path.getParent()).toString(), 1, Integer::sum));
            files.values().removeIf(count -> count <= MOST_FILES);
            assertThat(files)
                    .as("packages with more than " + MOST_FILES + " files")
                    .isEmpty();
        }
        Set<String> rooms =
                CODE.stream().filter(OURS).map(JavaClass::getPackageName).collect(toSet());
        ROOMS.forEach((module, names) -> assertThat(rooms)
                .as("rooms of " + module)
                .containsAll(names.stream()
                        .map(name -> ROOT + "." + module + "." + name)
                        .toList()));
    }

    @Test
    void noLargeCircleOfClasses() {
        Map<String, Set<String>> calls = new TreeMap<>();
        for (JavaClass type : CODE) {
            if (OURS.test(type)) {
                Set<String> called = calls.computeIfAbsent(outermost(type).getName(), _ -> new TreeSet<>());
                type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> outermost(dependency.getTargetClass()))
                        .filter(OURS)
                        .map(JavaClass::getName)
                        .filter(name -> name.startsWith(ROOT + "."))
                        .forEach(called::add);
            }
        }
        assertThat(Circles.of(calls).stream().filter(circle -> circle.size() > LARGEST_CIRCLE))
                .as("classes that cannot be understood without one another")
                .isEmpty();
    }

    @Test
    void nothingGoesInCircles() {
        slices().matching("dev.banyan.(*)..")
                .should()
                .beFreeOfCycles()
                // Generated columns use our id types, and stores use the columns.
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

    /// Returns for each table the package that declares to own it.
    private static Map<String, String> owners() throws IOException {
        var owners = new TreeMap<String, String>();
        try (Stream<java.nio.file.Path> files = Files.walk(java.nio.file.Path.of("src/main/java/dev/banyan"))) {
            for (var file :
                    files.filter(path -> path.endsWith("package-info.java")).toList()) {
                String text = Files.readString(file);
                var owns = Pattern.compile("Owns the tables?([^.]*)\\.").matcher(text);
                if (owns.find()) {
                    // src/main/java/dev/banyan/<module>/…
                    String module = file.getName(5).toString();
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

    /// Returns the tables used through constants of `Tables` and columns of the table classes.
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

    @Test
    void onlyStoresSpeakSql() {
        noClasses()
                .that(OURS)
                .and(describe("are not stores", type -> !isStore(type)))
                .and()
                .resideOutsideOfPackages("dev.banyan.platform.db..", "dev.banyan.platform.search..")
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
        return SPEAK_HTTP.matcher(type.getPackageName()).find()
                || NAMED_FOR_HTTP.matcher(outermost(type).getSimpleName()).find()
                || isExempt(type, "onlyResourcesSpeakHttp");
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
        return type.getPackageName().startsWith("dev.banyan.platform.web")
                || outermost(type).getSimpleName().endsWith("Page")
                || isExempt(type, "onlyPagesDraw");
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

    /// A bean that is a record has an accessor for each bean it calls: those are its own.
    @Test
    void beansKeepWhatTheyCallToThemselves() {
        noClasses()
                .that(OURS)
                .should()
                .callMethodWhere(describe("reaches into another bean", call -> {
                    JavaClass bean = call.getTargetOwner();
                    return bean.isAnnotatedWith(Singleton.class)
                            && bean.isAssignableTo(Record.class)
                            && !topLevel(call.getOriginOwner()).equals(topLevel(bean))
                            && Arrays.stream(bean.reflect().getRecordComponents())
                                    .anyMatch(part -> part.getName().equals(call.getName())
                                            && call.getTarget()
                                                    .getRawParameterTypes()
                                                    .isEmpty());
                }))
                .because("whoever needs the collaborator of a bean asks for it in its own constructor")
                .check(CODE);
    }

    private static JavaClass topLevel(JavaClass type) {
        return type.getEnclosingClass().map(ModuleBoundaryTest::topLevel).orElse(type);
    }

    @Test
    void storesAskWhoseDataItIs() {
        methods()
                .that()
                .areDeclaredInClassesThat(are(simpleNameEndingWith("Store")))
                .and()
                .areNotPrivate()
                .and()
                .areNotProtected() // only stores that extend it call them
                .and(describe("touch a store with tenants' tables", method -> hasTenants(method.getOwner())))
                .and(describe("are written by people", method -> !isGenerated(method)))
                .should(new ArchCondition<>("take Owner, SsoOwner, AccountId, IdentityId or Participant first") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean scoped = method.getRawParameterTypes().stream()
                                .findFirst()
                                .filter(first -> first.isEquivalentTo(Owner.class)
                                        || first.isEquivalentTo(SsoOwner.class)
                                        || first.isEquivalentTo(AccountId.class)
                                        || first.isEquivalentTo(IdentityId.class)
                                        || first.isEquivalentTo(Participant.class)) // contains the tenant
                                .isPresent();
                        if (!scoped && !method.isAnnotatedWith(AllTenants.class)) {
                            events.add(violated(method, name(method) + " does not say whose data it touches"));
                        }
                    }
                })
                .because("a query without an owner is a query over all tenants")
                .check(CODE);
    }

    @Test
    void onlyStoresCallWhatStoresProtect() {
        methods()
                .that()
                .areDeclaredInClassesThat(are(simpleNameEndingWith("Store")))
                .and()
                .areProtected()
                .should(new ArchCondition<>("be called by stores alone") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        method.getCallsOfSelf().stream()
                                .filter(call -> !isStore(call.getOriginOwner()))
                                .forEach(call -> events.add(violated(method, call.getDescription())));
                    }
                })
                .because("no one asks them whose data it is")
                .check(CODE);
    }

    @Test
    void exemptionsAreFewAndOfRulesThatExist() {
        Set<String> rules = Stream.of(ModuleBoundaryTest.class.getDeclaredMethods())
                .map(java.lang.reflect.Method::getName)
                .collect(toSet());
        List<Exempt> exemptions = CODE.stream()
                .filter(type -> type.isAnnotatedWith(Exempt.class))
                .map(type -> type.getAnnotationOfType(Exempt.class))
                .toList();
        assertThat(exemptions).hasSizeLessThanOrEqualTo(MOST_EXEMPTIONS);
        assertThat(rules).containsAll(exemptions.stream().map(Exempt::from).toList());
    }

    private static boolean isExempt(JavaClass type, String rule) {
        JavaClass outermost = outermost(type);
        return outermost.isAnnotatedWith(Exempt.class)
                && outermost.getAnnotationOfType(Exempt.class).from().equals(rule);
    }

    private static boolean hasTenants(JavaClass store) {
        return Stream.of(
                        Stream.of(store),
                        store.getAllSubclasses().stream(),
                        CODE.stream().filter(type -> type != store && outermost(type) == store))
                .flatMap(Function.identity())
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
    void parametersHaveNoConvertersOfOurs() {
        noClasses()
                .should()
                .implement(ParamConverterProvider.class)
                .because("one converter makes each start a seventh longer (decision 0069)")
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
