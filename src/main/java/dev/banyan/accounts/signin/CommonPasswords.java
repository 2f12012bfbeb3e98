package dev.banyan.accounts.signin;

import module java.base;

/// Passwords of 8 characters and more that attackers try first; `common-passwords.txt` lists them in lower case.
final class CommonPasswords {

    private static final Set<String> LIST = load();

    private CommonPasswords() {}

    static boolean contains(String password) {
        return LIST.contains(password.toLowerCase(Locale.ROOT));
    }

    private static Set<String> load() {
        try (var bytes = CommonPasswords.class.getResourceAsStream("common-passwords.txt")) {
            if (bytes == null) {
                throw new IllegalStateException("The build lacks common-passwords.txt");
            }
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
