package dev.banyan.accounts.keys;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.TestEvents;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.TestPlans;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.accounts.signin.TestElsewhere;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.KeyLimits.Scope.Part;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.KeyDoor;
import dev.banyan.platform.webhooks.TestWebhooks;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The limits of keys, which are switched off on the server of the HTTP tests.
@OnEveryDatabase
class ApiKeyGuardContractTest {

    private static final KeyParts NO_PARTS = new KeyParts() {
        @Override
        public Optional<String> find(Tx tx, AccountId tenant, Part part, String id) {
            return Optional.empty();
        }

        @Override
        public List<Named> list(Tx tx, AccountId tenant, int most) {
            return List.of();
        }
    };

    private static final String ATTACKER = "203.0.113.7";
    private static final String HONEST = "198.51.100.7";

    private final TestClock clock = new TestClock();
    private final Database database;
    private final AccountContext owner;
    private final KeyUse use;
    private final ApiKeyGuard door;
    private final String key;

    ApiKeyGuardContractTest(Database database) {
        this.database = database;
        this.owner = StoredAccounts.agency(database);
        var limits = TestLimits.on(clock);
        var plans = new TestPlans(database, clock).plans();
        var audit = TestAudit.on(database, clock);
        this.use = new KeyUse(database, limits, new AccountDays(database, clock), clock);
        this.door = new ApiKeyGuard(
                database, plans, use, TestElsewhere.NOWHERE, limits, TestLimits.settings(), audit, clock);
        var keys = new ApiKeys(
                database, plans, use, NO_PARTS, TestWebhooks.checks(database, audit), new TestEvents<>(), audit, clock);
        this.key = keys.create(owner, "Import", List.of("read:pages")) instanceof ApiKeys.Changed.Done done
                ? done.text().orElseThrow()
                : "";
        database.write(tx -> {
            new AccountStore(tx).setPlan(owner.root().id(), pro(), StoredAccounts.NOW);
            return "done";
        });
    }

    private static Plan pro() {
        return new Plan(Tier.PRO, Optional.empty(), java.util.Map.of());
    }

    @Test
    void guessingIsBoundedAndOthersStillGetIn() {
        int looked = 0;
        for (int i = 0; i < 200; i++) {
            if (status(enter(ATTACKER, KeyText.random(KeyText.Kind.ACCOUNT).text())) == 401) {
                looked++;
            }
        }
        assertThat(looked).isEqualTo(60);
        assertThat(enter(ATTACKER, key)).isInstanceOf(KeyDoor.Entered.Refused.class);
        assertThat(enter(HONEST, key)).isInstanceOf(KeyDoor.Entered.As.class);
        clock.forward(Duration.ofMinutes(1));
        assertThat(enter(ATTACKER, key)).isInstanceOf(KeyDoor.Entered.As.class);
    }

    @Test
    void aMinuteEndsWithTheContractsHeaders() {
        for (int i = 0; i < 60; i++) {
            KeyDoor.Entered entered = enter(HONEST, key);
            assertThat(entered).isInstanceOf(KeyDoor.Entered.As.class);
            assertThat(entered.headers())
                    .containsEntry("X-RateLimit-Limit-Minute", "60")
                    .containsEntry("X-RateLimit-Remaining-Minute", Integer.toString(59 - i))
                    .containsEntry("X-RateLimit-Limit-Day", "10000")
                    .containsEntry("X-RateLimit-Remaining-Day", Integer.toString(9_999 - i));
        }
        KeyDoor.Entered refused = enter(HONEST, key);
        assertThat(status(refused)).isEqualTo(429);
        assertThat(refused.headers())
                .containsEntry("Retry-After", "60")
                .containsEntry("X-RateLimit-Limit", "60")
                .containsEntry("X-RateLimit-Remaining", "0");
        clock.forward(Duration.ofMinutes(1));
        assertThat(enter(HONEST, key)).isInstanceOf(KeyDoor.Entered.As.class);
    }

    @Test
    void aDayEndsForAllKeysTogetherUnlessItIsUnlimited() {
        database.write(tx -> new ApiKeyStore(tx)
                .addRequests(owner.root().id(), use.today(owner.root().id()), 9_999));
        assertThat(enter(HONEST, key)).isInstanceOf(KeyDoor.Entered.As.class);
        KeyDoor.Entered refused = enter(HONEST, key);
        assertThat(status(refused)).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("X-RateLimit-Limit", "10000");

        database.write(tx -> {
            new AccountStore(tx)
                    .setPlan(
                            owner.root().id(),
                            new Plan(Tier.ENTERPRISE, Optional.empty(), java.util.Map.of()),
                            StoredAccounts.NOW);
            return "done";
        });
        KeyDoor.Entered passed = enter(HONEST, key);
        assertThat(passed).isInstanceOf(KeyDoor.Entered.As.class);
        assertThat(passed.headers())
                .containsEntry("X-RateLimit-Limit-Day", "-1")
                .containsEntry("X-RateLimit-Remaining-Day", "-1");
    }

    @Test
    void theNextDayBeginsAtZero() {
        database.write(tx -> new ApiKeyStore(tx)
                .addRequests(owner.root().id(), use.today(owner.root().id()), 10_000));
        assertThat(status(enter(HONEST, key))).isEqualTo(429);
        clock.forward(Duration.between(
                clock.instant(), clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1))));
        assertThat(enter(HONEST, key)).isInstanceOf(KeyDoor.Entered.As.class);
    }

    private static int status(KeyDoor.Entered entered) {
        return switch (entered) {
            case KeyDoor.Entered.As _ -> 200;
            case KeyDoor.Entered.Refused refused -> refused.answer().getStatus();
        };
    }

    /// Returns a request with a key, as seen by the guard.
    private KeyDoor.Entered enter(String ip, String text) {
        var request = as(HttpServerRequest.class, (name, argument) -> switch (name) {
            case "getHeader" -> argument.equals("Authorization") ? "Bearer " + text : null;
            case "method" -> HttpMethod.GET;
            case "path" -> "/api/admin/GetPages";
            default -> throw new AssertionError(name);
        });
        var routing = as(RoutingContext.class, (name, argument) -> switch (name) {
            case "request" -> request;
            case "get" -> argument.equals("banyan.ip") ? ip : new Caller.Anonymous();
            default -> throw new AssertionError(name);
        });
        return door.enter(new Call(routing), new KeyDoor.Asked("GET /api/admin/GetPages", java.util.Map.of()));
    }

    private interface Said {
        @Nullable
        Object to(String method, String argument);
    }

    private static <T> T as(Class<T> type, Said said) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) ->
                        said.to(method.getName(), arguments == null ? "" : String.valueOf(arguments[0]))));
    }
}
