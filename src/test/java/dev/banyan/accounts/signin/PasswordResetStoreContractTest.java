package dev.banyan.accounts.signin;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static dev.banyan.accounts.signin.PasswordResetStore.EVERYWHERE;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class PasswordResetStoreContractTest {

    private static final Instant END = NOW.plus(Duration.ofHours(1));

    private final Database database;
    private final String email = Digests.newToken() + "@people.example";

    PasswordResetStoreContractTest(Database database) {
        this.database = database;
    }

    private <T> T with(Function<PasswordResetStore, T> work) {
        return database.write(tx -> work.apply(new PasswordResetStore(tx)));
    }

    private boolean is(Predicate<PasswordResetStore> work) {
        return with(work::test);
    }

    private Optional<String> code(Function<PasswordResetStore, Optional<String>> work) {
        return with(work);
    }

    private int count(ToIntFunction<PasswordResetStore> work) {
        return with(work::applyAsInt);
    }

    private void put(String code) {
        with(store -> {
            store.put(email, EVERYWHERE, code, 0, END);
            return code;
        });
    }

    private Optional<String> claim(Instant now) {
        return with(store -> store.claimTry(email, EVERYWHERE, 2, now));
    }

    @Test
    void aCodeIsFoundByItsEmailUntilItExpires() {
        assertThat(claim(NOW)).isEmpty();
        put("c1");

        assertThat(code(store -> store.claimTry("another-" + email, EVERYWHERE, 2, NOW)))
                .isEmpty();
        assertThat(claim(END)).isEmpty();
        assertThat(claim(END.minusMillis(1))).contains("c1");
    }

    @Test
    void triesRunOutAndANewCodeBringsNewOnes() {
        put("c1");
        assertThat(claim(NOW)).contains("c1");
        assertThat(claim(NOW)).contains("c1");
        assertThat(claim(NOW)).isEmpty();

        put("c2");
        assertThat(claim(NOW)).contains("c2");
    }

    @Test
    void aUsedOneIsGone() {
        put("c1");
        with(store -> {
            store.delete(email);
            return email;
        });
        assertThat(claim(NOW)).isEmpty();
    }

    @Test
    void aDevicesCodeAndItsTriesAreItsOwn() {
        put("everywhere");
        with(store -> {
            store.put(email, "device", "here", 0, END);
            return email;
        });
        assertThat(claim(NOW)).contains("everywhere");
        assertThat(claim(NOW)).contains("everywhere");
        assertThat(claim(NOW)).isEmpty();
        put("another");
        assertThat(code(store -> store.claimTry(email, "device", 2, NOW))).contains("here");
        assertThat(code(store -> store.claimTry(email, "elsewhere", 2, NOW))).isEmpty();
        with(store -> {
            store.delete(email);
            return email;
        });
        assertThat(code(store -> store.claimTry(email, "device", 2, NOW)))
                .as("a used code is used everywhere")
                .isEmpty();
    }

    @Test
    void expiredOnesAreForgotten() {
        put("c1");
        with(store -> store.deleteExpired(END.minusMillis(1)));
        assertThat(claim(NOW)).isPresent();
        assertThat(count(store -> store.deleteExpired(END))).isPositive();
        assertThat(claim(NOW)).isEmpty();
    }
}
