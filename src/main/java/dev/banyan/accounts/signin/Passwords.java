package dev.banyan.accounts.signin;

import module java.base;
import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.OpaqueText;
import dev.banyan.platform.Overloaded;
import dev.banyan.platform.config.Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Hashes and checks passwords with Argon2id (19 MiB, t=2, p=1). Each hash costs memory and a processor, so only a few
/// run at once, a bounded number waits, and further requests are refused and asked to retry.
///
/// Imported hashes are accepted within the bounds of [ImportedHashes]; [Verdict.Right#outdated] asks for their
/// replacement. They may cost thirty times as much as ours, so they have a queue of their own and delay no one else.
///
/// Passwords are normalized, so that one that was set on a Mac opens the account on Windows. Hashes of other spellings,
/// made before that, are accepted and replaced.
@Singleton
public final class Passwords {

    private static final int MEMORY_KIB = 19 * 1_024;
    private static final int ITERATIONS = 2;
    private static final int PARALLELISM = 1;
    /// In Unicode code points.
    public static final int SHORTEST = 8;

    /// In Unicode code points.
    public static final int LONGEST = 128;

    private static final String CURRENT =
            "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + ITERATIONS + ",p=" + PARALLELISM + "$";

    /// bcrypt reads 72 bytes; the tools that made the imported hashes ignored the rest of longer passwords.
    private static final BCrypt.Verifyer BCRYPT =
            BCrypt.verifyer(BCrypt.Version.VERSION_2A, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A));

    /// A well-formed hash that no password matches: checking a password against it takes as long as against a real one,
    /// and fails. Users who are to choose a password through a mailed link have it until then.
    public static final String NO_PASSWORD = CURRENT + "A".repeat(22) + "$" + "A".repeat(43);

    /// The result of comparing a password with a hash.
    public sealed interface Verdict {

        /// @param outdated whether the password should be hashed again
        record Right(boolean outdated) implements Verdict {}

        record Wrong() implements Verdict {}
    }

    private final Argon2 argon2;
    private final Turns ours;
    private final Turns imported;
    private final AtomicLong worked = new AtomicLong();

    public Passwords(Settings settings, Argon2 argon2) {
        this.argon2 = argon2;
        this.ours = new Turns("passwords-", settings.hashThreads(), settings.hashQueue());
        this.imported = new Turns("imported-passwords-", Math.max(1, settings.hashThreads() / 2), settings.hashQueue());
    }

    @Produces
    @Singleton
    public static Argon2 argon2() {
        return Argon2Factory.create(Argon2Types.ARGON2id);
    }

    /// Checks the length in Unicode code points and the list of common passwords; there are no composition rules
    /// (design 4).
    public static Optional<Invalid> broken(String password) {
        return brokenLength(password)
                .or(() -> CommonPasswords.contains(OpaqueText.of(password))
                        ? Optional.of(new Invalid("password", "This password is too common. Choose another one."))
                        : Optional.empty());
    }

    private static Optional<Invalid> brokenLength(String password) {
        int length = length(password);
        if (length < SHORTEST) {
            return Optional.of(new Invalid("password", "Password must be at least " + SHORTEST + " characters"));
        }
        return length > LONGEST
                ? Optional.of(new Invalid(
                        "password", "Password must be " + LONGEST + " characters or less (current: " + length + ")"))
                : Optional.empty();
    }

    /// Returns the length in Unicode code points, the same for all spellings.
    public static int length(String password) {
        String normalized = OpaqueText.of(password);
        return normalized.codePointCount(0, normalized.length());
    }

    /// @throws Overloaded if too many wait already
    public String hash(String password) {
        byte[] bytes = bytes(OpaqueText.of(password));
        return inTurn(ours, () -> argon2.hash(ITERATIONS, MEMORY_KIB, PARALLELISM, bytes));
    }

    /// Takes as long for an unknown person (an empty hash) as for a known one.
    ///
    /// @throws Overloaded if too many wait already
    public Verdict verify(Optional<String> hash, String password) {
        String against = hash.orElse(NO_PASSWORD);
        boolean own = against.startsWith(CURRENT);
        if (!own && ImportedHashes.broken(against).isPresent()) {
            return new Verdict.Wrong(); // no import accepts it
        }
        List<String> spellings = OpaqueText.spellings(password);
        Optional<String> right = spellings.stream()
                .filter(spelling -> inTurn(own ? ours : imported, () -> matches(against, spelling)))
                .findFirst();
        return right.isPresent() && hash.isPresent()
                ? new Verdict.Right(!own || !right.get().equals(spellings.getFirst()))
                : new Verdict.Wrong();
    }

    private boolean matches(String hash, String password) {
        if (hash.startsWith(DjangoHash.BEGIN)) {
            return DjangoHash.matches(hash, password);
        }
        return hash.startsWith("$2")
                ? BCRYPT.verify(bytes(password), hash.getBytes(StandardCharsets.US_ASCII)).verified
                : argon2.verify(hash, bytes(password));
    }

    private <T> T inTurn(Turns turns, Supplier<T> work) {
        return turns.take(() -> {
            worked.incrementAndGet();
            return work.get();
        });
    }

    /// Has its own threads: a hash is native code, during which a virtual thread occupies its carrier. On virtual
    /// threads a few logins would hold up all other requests, and callers could not be told that too many wait.
    private static final class Turns {

        private final ExecutorService hashing;
        private final AtomicInteger waiting = new AtomicInteger();
        private final int waitingAtMost;

        private Turns(String name, int atOnce, int queue) {
            var threads = new ThreadPoolExecutor(
                    atOnce,
                    atOnce,
                    10,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    Thread.ofPlatform().daemon().name(name, 0).factory());
            threads.allowCoreThreadTimeOut(true); // they end after a while without sign-ins
            this.hashing = threads;
            this.waitingAtMost = atOnce + queue;
        }

        /// At most as many wait as there are places in the queue, which therefore needs no bound of its own.
        private <T> T take(Supplier<T> work) {
            if (waiting.incrementAndGet() > waitingAtMost) {
                waiting.decrementAndGet();
                throw new Overloaded("The server is busy. Try again in a moment.", Duration.ofSeconds(1));
            }
            try {
                return CompletableFuture.supplyAsync(work, hashing).join();
            } finally {
                waiting.decrementAndGet();
            }
        }
    }

    /// Returns the number of passwords hashed and checked since the start: the load that sign-ins cause.
    public long worked() {
        return worked.get();
    }

    private static byte[] bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8);
    }
}
