import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/// How many passwords per second the library checks when nothing is around it, with as many threads as Banyan would
/// use. Parameters as in `dev.banyan.accounts.signin.Passwords`.
final class BareArgon2 {

    private static final int ITERATIONS = 2;
    private static final int MEMORY_KIB = 19 * 1_024;
    private static final int PARALLELISM = 1;

    public static void main(String... args) throws InterruptedException {
        int threads = Math.min(Integer.parseInt(args[0]), Runtime.getRuntime().availableProcessors());
        int seconds = Integer.parseInt(args[1]);
        byte[] password = "correct horse battery".getBytes(StandardCharsets.UTF_8);
        Argon2 argon2 = Argon2Factory.create(Argon2Types.ARGON2id);
        String hash = argon2.hash(ITERATIONS, MEMORY_KIB, PARALLELISM, password);
        for (int i = 0; i < 20; i++) {
            argon2.verify(hash, password);
        }
        System.out.println(Callers.perSecond(threads, seconds, () -> argon2.verify(hash, password)));
    }
}
