package dev.banyan.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import module java.base;
import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.banyan.Eventually;
import dev.banyan.accounts.signin.Passwords.Verdict;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Overloaded;
import dev.banyan.platform.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private static final String PASSWORD = "correct horse battery 🐎";

    private final Passwords passwords = with(2, 64);

    @Test
    void aPasswordIsHashedWithTheDesignsParametersAndASaltOfItsOwn() {
        String first = passwords.hash(PASSWORD);
        String second = passwords.hash(PASSWORD);

        assertThat(first).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(second);
        assertThat(first).hasSizeLessThanOrEqualTo(255);
    }

    @Test
    void theRightPasswordIsRightAndNothingLikeIt() {
        Optional<String> hash = Optional.of(passwords.hash(PASSWORD));

        assertThat(passwords.verify(hash, PASSWORD)).isEqualTo(new Verdict.Right(false));
        for (String wrong : List.of("", PASSWORD + " ", PASSWORD.toUpperCase(java.util.Locale.ROOT), "correct")) {
            assertThat(passwords.verify(hash, wrong)).isEqualTo(new Verdict.Wrong());
        }
    }

    @Test
    void aPasswordIsTheSameOnEveryKeyboard() {
        String composed = "\u00e4\u00f6\u00fc\u00df caf\u00e9";
        String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        for (String set : List.of(composed, decomposed, composed.replace(' ', '\u00a0'))) {
            Optional<String> hash = Optional.of(passwords.hash(set));
            for (String typed : List.of(composed, decomposed, decomposed.replace(' ', '\u3000'))) {
                assertThat(passwords.verify(hash, typed)).isEqualTo(new Verdict.Right(false));
            }
        }
        assertThat(Passwords.length(decomposed)).isEqualTo(9);
        assertThat(Passwords.broken("a\u0308".repeat(5))).as("five letters").isPresent();
    }

    @Test
    void hashesOfOtherSpellingsOpenAndAskForTheirReplacement() {
        String composed = "caf\u00e9 con leche";
        String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        Optional<String> old = Optional.of(Passwords.argon2().hash(2, 19_456, 1, bytes(decomposed)));

        assertThat(passwords.verify(old, composed)).isEqualTo(new Verdict.Right(true));
        assertThat(passwords.verify(old, decomposed)).isEqualTo(new Verdict.Right(true));
        assertThat(passwords.verify(old, "cafe con leche")).isEqualTo(new Verdict.Wrong());
        Optional<String> spaced = Optional.of(Passwords.argon2().hash(2, 19_456, 1, bytes("two\u2003words")));
        assertThat(passwords.verify(spaced, "two\u2003words")).isEqualTo(new Verdict.Right(true));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void somebodyUnknownIsWrongAndTakesAsMuchWork() {
        Optional<String> known = Optional.of(passwords.hash(PASSWORD));
        passwords.verify(known, "warm up");

        assertThat(passwords.verify(Optional.empty(), PASSWORD)).isEqualTo(new Verdict.Wrong());
        // Compares the time of the work itself, with a wide margin: without the work, the response is a thousand times
        // faster.
        assertThat(fastestOfFive(Optional.empty()))
                .isGreaterThan(fastestOfFive(known).dividedBy(3));
    }

    private Duration fastestOfFive(Optional<String> hash) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            passwords.verify(hash, "wrong password");
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return Duration.ofNanos(fastest);
    }

    @Test
    void anImportedBcryptHashIsAcceptedAndAsksForItsReplacement() {
        for (BCrypt.Version version :
                List.of(BCrypt.Version.VERSION_2A, BCrypt.Version.VERSION_2B, BCrypt.Version.VERSION_2Y)) {
            Optional<String> hash = Optional.of(bcrypt(version, PASSWORD));

            assertThat(passwords.verify(hash, PASSWORD)).isEqualTo(new Verdict.Right(true));
            assertThat(passwords.verify(hash, "wrong password")).isEqualTo(new Verdict.Wrong());
        }
    }

    @Test
    void aPasswordThatIsLongerThanBcryptReadsIsAnsweredToo() {
        String longest = "x".repeat(128);
        Optional<String> hash = Optional.of(bcrypt(BCrypt.Version.VERSION_2A, longest.substring(0, 72)));

        assertThat(passwords.verify(hash, longest)).isEqualTo(new Verdict.Right(true));
        assertThat(passwords.verify(hash, "y" + longest.substring(1))).isEqualTo(new Verdict.Wrong());
    }

    @Test
    void anOlderArgonHashIsAcceptedAndAsksForItsReplacement() {
        String weaker = de.mkammerer.argon2.Argon2Factory.create(de.mkammerer.argon2.Argon2Factory.Argon2Types.ARGON2id)
                .hash(1, 1_024, 1, PASSWORD.getBytes(StandardCharsets.UTF_8));

        assertThat(passwords.verify(Optional.of(weaker), PASSWORD)).isEqualTo(new Verdict.Right(true));
    }

    /// Made by Python’s hashlib, with Django’s form around it.
    @Test
    void anImportedHashOfDjangoIsAcceptedAndAsksForItsReplacement() {
        Optional<String> hash =
                Optional.of("pbkdf2_sha256$1000$saltysalt$mFrNkv5iSGH91rz48G6wvz9xKZihQ03KmTZTWR8gDAo=");

        assertThat(passwords.verify(hash, "correct horse battery")).isEqualTo(new Verdict.Right(true));
        assertThat(passwords.verify(hash, "wrong password")).isEqualTo(new Verdict.Wrong());
        assertThat(passwords.verify(hash, "")).isEqualTo(new Verdict.Wrong());
        assertThat(ImportedHashes.broken(hash.get())).isEmpty();
        assertThat(ImportedHashes.broken(hash.get().replace("$1000$", "$9000000$")))
                .contains("PBKDF2 may have at most 1500000 iterations");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "pbkdf2_sha256$1000$salt$short",
                "$2a$",
                "$2a$10$tooshort",
                "$argon2id$",
                "$argon2id$v=19$m=19456,t=2,p=1$x$y"
            })
    void aDamagedHashIsWrongAndNoFailure(String hash) {
        assertThat(passwords.verify(Optional.of(hash), PASSWORD)).isEqualTo(new Verdict.Wrong());
    }

    @Test
    void onlySoManyWaitForAHashAndTheOthersAreToldToComeAgain() {
        Passwords small = with(1, 1);

        List<String> answers = AtOnce.run(30, _ -> {
            try {
                return small.hash(PASSWORD);
            } catch (Overloaded overloaded) {
                assertThat(overloaded.retryAfter()).isPositive();
                return "overloaded";
            }
        });

        assertThat(answers)
                .contains("overloaded")
                .filteredOn(answer -> answer.startsWith("$"))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThatCode(() -> small.hash(PASSWORD))
                .as("when the others are done")
                .doesNotThrowAnyException();
    }

    /// A hundred sign-ins with a maximally expensive imported hash, and one of another person.
    @Test
    void importedHashesKeepNobodyElseWaiting() throws InterruptedException {
        Passwords small = with(1, 1);
        String ours = small.hash(PASSWORD);
        String dear = BCrypt.withDefaults().hashToString(12, PASSWORD.toCharArray());
        var refused = new AtomicInteger();
        var begun = new CountDownLatch(100);
        try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                requests.submit(() -> {
                    begun.countDown();
                    try {
                        small.verify(Optional.of(dear), "guess");
                    } catch (Overloaded _) {
                        refused.incrementAndGet();
                    }
                });
            }
            begun.await();
            Eventually.until(refused::get, count -> count > 0);
            assertThat(small.verify(Optional.of(ours), PASSWORD)).isEqualTo(new Verdict.Right(false));
        }
        assertThat(refused.get()).as("those with the dear hash").isGreaterThan(50);
    }

    @Test
    void aHashDearerThanAnyImportAllowsIsNotEvenTried() {
        long before = passwords.worked();
        for (String hash : List.of(
                "$2b$31$" + "a".repeat(53), "$argon2id$v=19$m=4194304,t=100,p=4$c29tZXNhbHQ$" + "A".repeat(43))) {
            assertThat(passwords.verify(Optional.of(hash), PASSWORD)).isEqualTo(new Verdict.Wrong());
        }
        assertThat(passwords.worked()).isEqualTo(before);
    }

    /// Requests run on virtual threads, of which only as many as there are processors run at the same time.
    @Test
    void whoeverWaitsLeavesTheProcessorsToOthers() {
        Passwords asManyAsProcessors = with(Runtime.getRuntime().availableProcessors(), 1);
        var refused = new AtomicInteger();
        var hashed = new AtomicInteger();
        try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                requests.submit(() -> {
                    try {
                        asManyAsProcessors.hash(PASSWORD);
                        hashed.incrementAndGet();
                    } catch (Overloaded _) {
                        refused.incrementAndGet();
                    }
                });
            }
        }
        assertThat(refused.get() + hashed.get()).isEqualTo(40);
        assertThat(hashed.get()).isPositive();
        assertThat(refused.get()).as("all were heard, and most sent away").isGreaterThan(20);
    }

    @Test
    void lengthIsCountedInCodePoints() {
        assertThat(Passwords.broken("🐎".repeat(8))).isEmpty();
        assertThat(Passwords.broken("🐎".repeat(128))).isEmpty();
        assertThat(Passwords.broken("🐎".repeat(7)))
                .map(Invalid::apiMessage)
                .contains("Password must be at least 8 characters");
        assertThat(Passwords.broken("🐎".repeat(129)))
                .map(Invalid::apiMessage)
                .contains("Password must be 128 characters or less (current: 129)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "PASSWORD", "12345678", "Qwerty123"})
    void aPasswordThatAttackersTryFirstIsRefused(String common) {
        assertThat(Passwords.broken(common))
                .map(Invalid::apiMessage)
                .contains("This password is too common. Choose another one.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaaaaaab", "only lower case", "        ", "ÄÖÜäöüß€"})
    void noCompositionIsAskedFor(String password) {
        assertThat(Passwords.broken(password)).isEmpty();
    }

    private static String bcrypt(BCrypt.Version version, String password) {
        return BCrypt.with(version).hashToString(4, password.toCharArray());
    }

    private static Passwords with(int threads, int queue) {
        return new Passwords(
                Settings.from(
                        Map.of("BANYAN_HASH_THREADS", "" + threads, "BANYAN_HASH_QUEUE", "" + queue), new Properties()),
                Passwords.argon2());
    }
}
