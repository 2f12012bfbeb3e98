package dev.banyan.accounts;

import module java.base;
import de.mkammerer.argon2.Argon2;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.config.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;

/// Hashing for tests, of the shared server too. Each question is computed once: almost everyone in the tests has the
/// same password, and its hashes took a tenth of the suite. `PasswordsTest` tests without that.
@Dependent
public final class TestPasswords {

    private static final Argon2 REMEMBERING = remembering(Passwords.argon2());

    @Produces
    @Alternative
    @Priority(1)
    @Singleton
    Argon2 argon2() {
        return REMEMBERING;
    }

    public static Passwords real() {
        return new Passwords(Settings.forTests(Path.of("target")), REMEMBERING);
    }

    private static Argon2 remembering(Argon2 argon2) {
        Map<List<Object>, Object> answers = new ConcurrentHashMap<>();
        return (Argon2) Proxy.newProxyInstance(
                Argon2.class.getClassLoader(),
                new Class<?>[] {Argon2.class},
                (_, method, given) -> answers.computeIfAbsent(question(method.getName(), given), _ -> {
                    try {
                        return method.invoke(argon2, given);
                    } catch (ReflectiveOperationException failure) {
                        throw new IllegalStateException(failure);
                    }
                }));
    }

    private static List<Object> question(String method, Object[] given) {
        return List.of(
                method,
                Arrays.stream(given)
                        .map(one -> one instanceof byte[] bytes ? Arrays.toString(bytes) : one)
                        .toList());
    }
}
