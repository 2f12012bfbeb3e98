package dev.banyan.accounts.signin;

import module java.base;

/// The rule for imported password hashes: only forms that [Passwords] can check, and only costs that are acceptable for
/// a login. A hash that took a minute would let anyone stall the server with a wrong password.
public final class ImportedHashes {

    private static final int LONGEST = 255;
    private static final int CHEAPEST_BCRYPT = 4;
    private static final int DEAREST_BCRYPT = 14;
    private static final int MOST_KIB = 65_536;
    private static final int MOST_ITERATIONS = 10;
    private static final int MOST_LANES = 4;
    private static final int MOST_ROUNDS = 1_500_000;

    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");
    private static final Pattern ARGON2ID = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,3})\\$[A-Za-z0-9+/]{11,64}\\$[A-Za-z0-9+/]{22,86}");

    /// What Django, Dovecot and LDAP servers put before such a hash.
    private static final Pattern SCHEME =
            Pattern.compile("^(?:\\{[A-Za-z0-9-]{1,20}}|bcrypt\\$|argon2)(?=\\$(?:2[aby]|argon2id)\\$)");

    private static final Pattern DJANGO =
            Pattern.compile("pbkdf2_sha256\\$([0-9]{1,9})\\$[A-Za-z0-9+/._-]{1,64}\\$[A-Za-z0-9+/]{43}=");

    /// What systems write for a password, and people don’t: crypt’s forms, those of frameworks and LDAP servers, and
    /// digests in hexadecimal.
    private static final Pattern ANY = Pattern.compile("(?:\\{[A-Z][A-Z0-9.-]{1,20}}"
            + "|\\$(?:[1567]|2[abxy]|y|gy|P|H|S|wp|apr1|sha1|scrypt|argon2[a-z]*|pbkdf2[a-z0-9-]*|bcrypt[a-z0-9-]*)\\$"
            + "|(?:pbkdf2|scrypt|bcrypt|argon2|md5|sha1)[a-z0-9_:]*\\$).{8,}"
            + "|(?:[0-9A-Fa-f]{8}){4,5}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{128}");

    private ImportedHashes() {}

    /// Returns whether what a list has for a password is the hash of one, which would open the account as it is
    /// written.
    public static boolean isHash(String password) {
        return ANY.matcher(password).matches();
    }

    /// Returns a hash without the name that other systems put before it.
    public static String plain(String hash) {
        return SCHEME.matcher(hash).replaceFirst("");
    }

    /// Returns why a hash is not accepted; empty if it is.
    public static Optional<String> broken(String hash) {
        if (hash.length() > LONGEST) {
            return Optional.of("the hash is longer than " + LONGEST + " characters");
        }
        Matcher bcrypt = BCRYPT.matcher(hash);
        if (bcrypt.matches()) {
            return between(CHEAPEST_BCRYPT, number(bcrypt, 1), DEAREST_BCRYPT)
                    ? Optional.empty()
                    : Optional.of("the bcrypt cost must be " + CHEAPEST_BCRYPT + " to " + DEAREST_BCRYPT);
        }
        Matcher argon2 = ARGON2ID.matcher(hash);
        if (argon2.matches()) {
            int lanes = number(argon2, 3);
            boolean bearable = between(1, lanes, MOST_LANES)
                    && between(8 * lanes, number(argon2, 1), MOST_KIB)
                    && between(1, number(argon2, 2), MOST_ITERATIONS);
            return bearable
                    ? Optional.empty()
                    : Optional.of(
                            "Argon2id may have at most m=" + MOST_KIB + ", t=" + MOST_ITERATIONS + ", p=" + MOST_LANES);
        }
        Matcher django = DJANGO.matcher(hash);
        if (django.matches()) {
            return between(1, number(django, 1), MOST_ROUNDS)
                    ? Optional.empty()
                    : Optional.of("PBKDF2 may have at most " + MOST_ROUNDS + " iterations");
        }
        return Optional.of("the hash is neither bcrypt ($2a$, $2b$, $2y$) nor Argon2id ($argon2id$v=19$…) nor Django’s"
                + " (pbkdf2_sha256$…)");
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static boolean between(int least, int number, int most) {
        return number >= least && number <= most;
    }
}
