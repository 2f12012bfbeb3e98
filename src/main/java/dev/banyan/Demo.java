package dev.banyan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Contexts;
import dev.banyan.accounts.Logins;
import dev.banyan.accounts.Operators;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.Registrations;
import dev.banyan.accounts.Registrations.Registered;
import dev.banyan.accounts.SubAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.pages.Links;
import dev.banyan.pages.Pages;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A sample agency with three brands, made through the same operations that people use. Where it is already, nothing
/// changes; passwords are made at random once and kept in `demo.json`, for machines and for the next start.
@Singleton
class Demo {

    private static final String OPERATOR_EMAIL = "operator@banyan.example";
    private static final String AGENCY_EMAIL = "maya@creative.example";
    private static final String AGENCY = "creativeagency";

    @JsonInclude(Include.NON_ABSENT)
    record Login(String email, String password, Optional<String> username) {}

    record Written(String baseUrl, Login operator, Login agency) {}

    private record Brand(String username, String displayName, String bio, List<String[]> links) {}

    private static final List<Brand> BRANDS = List.of(
            new Brand(
                    "clientbrand1",
                    "Client Brand 1",
                    "Hand-thrown tableware from a small studio by the sea.",
                    List.of(
                            new String[] {"Spring collection", "https://shop.clientbrand1.example/spring"},
                            new String[] {"Book a pottery class", "https://clientbrand1.example/classes"},
                            new String[] {"Visit the studio", "https://maps.example.org/clientbrand1"},
                            new String[] {"How we fire our glazes", "https://journal.clientbrand1.example/glazes"},
                            new String[] {"Write to us", "https://clientbrand1.example/contact"})),
            new Brand(
                    "clientbrand2",
                    "Client Brand 2",
                    "Beans roasted on Tuesdays, poured every day.",
                    List.of(
                            new String[] {"Order beans online", "https://clientbrand2.example/beans"},
                            new String[] {"Today's menu", "https://clientbrand2.example/menu"},
                            new String[] {"Find us at the harbour", "https://maps.example.org/clientbrand2"},
                            new String[] {"Join the tasting on Friday", "https://tickets.example.org/tasting"})),
            new Brand(
                    "clientbrand3",
                    "Client Brand 3",
                    "Rooms, light and furniture for people who stay.",
                    List.of(
                            new String[] {"Portfolio", "https://clientbrand3.example/work"},
                            new String[] {"A first conversation", "https://clientbrand3.example/call"},
                            new String[] {"Press", "https://clientbrand3.example/press"})));

    private final Settings settings;
    private final Registrations registrations;
    private final Logins logins;
    private final Operators operators;
    private final Accounts accounts;
    private final SubAccounts subAccounts;
    private final Contexts contexts;
    private final Pages pages;
    private final Links links;
    private final ObjectMapper json;

    Demo(
            Settings settings,
            Registrations registrations,
            Logins logins,
            Operators operators,
            Accounts accounts,
            SubAccounts subAccounts,
            Contexts contexts,
            Pages pages,
            Links links,
            ObjectMapper json) {
        this.settings = settings;
        this.registrations = registrations;
        this.logins = logins;
        this.operators = operators;
        this.accounts = accounts;
        this.subAccounts = subAccounts;
        this.contexts = contexts;
        this.pages = pages;
        this.links = links;
        this.json = json;
    }

    void fill() {
        Path file = settings.data().resolve("demo.json");
        Optional<Written> before = read(file);
        var written = new Written(
                settings.baseUrl(),
                new Login(
                        OPERATOR_EMAIL,
                        before.map(known -> known.operator().password()).orElseGet(Demo::newPassword),
                        Optional.empty()),
                new Login(
                        AGENCY_EMAIL,
                        before.map(known -> known.agency().password()).orElseGet(Demo::newPassword),
                        Optional.of(AGENCY)));
        write(file, written); // first, so that nobody is ever locked out of what follows
        boolean forgotten = before.isEmpty();
        fillOperator(written.operator(), forgotten);
        fillAgency(written.agency(), forgotten);
        print(written);
    }

    private void fillOperator(Login operator, boolean forgotten) {
        if (!operators.exist()) {
            operators.createFirst(Actor.SERVER, operator.email(), operator.password());
        } else if (forgotten) {
            operators.resetPassword(Actor.SERVER, operator.email(), operator.password());
        }
    }

    private void fillAgency(Login agency, boolean forgotten) {
        if (accounts.byUsername(AGENCY).isEmpty()) {
            createAgency(agency);
        } else if (forgotten) {
            operators.resetPassword(Actor.SERVER, agency.email(), agency.password());
        }
    }

    private void createAgency(Login agency) {
        var registered =
                registrations.create(Actor.SERVER, agency.email(), AGENCY, "Creative Agency", agency.password());
        if (registered instanceof Registered.Welcome welcome) {
            accounts.setPlan(
                    Actor.SERVER,
                    welcome.account(),
                    new Plan(Tier.PRO, Optional.of(AgencyPermission.PRO), Map.of(Pack.TEN, 1)));
            var caller = new Caller.SignedIn(
                    welcome.identity(), Digests.sha256Hex(welcome.session().token()));
            fillContent(caller);
            logins.logout(caller);
        }
    }

    private void fillContent(Caller caller) {
        AccountContext agency = context(caller, AGENCY);
        pages.createSample(agency, "main", "Main page");
        links.addSample(agency, "What we do", "https://creative.example/services");
        links.addSample(agency, "Work we are proud of", "https://creative.example/work");
        links.addSample(agency, "Meet the team", "https://creative.example/team");
        links.addSample(agency, "Start a project", "https://creative.example/start");
        for (Brand brand : BRANDS) {
            subAccounts.create(
                    agency,
                    new SubAccounts.NewSubAccount(
                            brand.username(),
                            brand.displayName(),
                            Optional.of("hello@" + brand.username() + ".example"),
                            Optional.of(brand.bio())));
            AccountContext acting = context(caller, brand.username());
            pages.createSample(acting, "main", "Main page");
            brand.links().forEach(link -> links.addSample(acting, link[0], link[1]));
        }
    }

    private AccountContext context(Caller caller, String username) {
        if (contexts.resolve(caller, Actor.SERVER, Optional.of(username))
                instanceof Contexts.Resolved.Found(AccountContext context)) {
            return context;
        }
        throw new IllegalStateException("The sample account " + username + " cannot be reached");
    }

    private static String newPassword() {
        return Digests.newToken().replaceAll("[^A-Za-z0-9]", "").substring(0, 16);
    }

    private Optional<Written> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(json.readValue(file.toFile(), Written.class)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // damaged: new passwords are made and told
        }
    }

    private void write(Path file, Written written) {
        try {
            Path fresh = Files.createTempFile(
                    file.getParent(),
                    "demo",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            json.writerWithDefaultPrettyPrinter().writeValue(fresh.toFile(), written);
            Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void print(Written written) {
        System.out.printf(
                """

                  Banyan with a sample agency

                    Open      %s
                    Agency    %s   password  %s
                    Operator  %s   password  %s

                    Public pages  /%s  /%s  /%s  /%s
                    Stop with Ctrl-C. These lines are in demo.json of the data folder, too.

                """,
                written.baseUrl(),
                written.agency().email(),
                written.agency().password(),
                written.operator().email(),
                written.operator().password(),
                AGENCY,
                BRANDS.get(0).username(),
                BRANDS.get(1).username(),
                BRANDS.get(2).username());
    }
}
