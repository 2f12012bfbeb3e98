package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.platform.PackedFile;

/// Passwords of 8 characters and more that attackers try first; `common-passwords.txt` lists them in lower case.
final class CommonPasswords {

    private static final Set<String> LIST = PackedFile.text(CommonPasswords.class, "common-passwords.txt")
            .lines()
            .collect(Collectors.toUnmodifiableSet());

    private CommonPasswords() {}

    static boolean contains(String password) {
        return LIST.contains(password.toLowerCase(Locale.ROOT));
    }
}
