package dev.banyan.workspaces.migration;

import module java.base;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.migration.UserFile.Line;

/// The columns of a list of users, under the names that Google, Microsoft, Okta, Slack, Chatwoot and others give them,
/// and that people write in their own languages.
final class UserColumns {

    /// What a column says of a user.
    enum Column {
        USERNAME,
        EMAIL,
        ROLE,
        /// Whether they are an admin.
        ADMIN,
        PASSWORD,
        HASH,
        /// A word, such as `Suspended`.
        STATUS,
        /// Whether they may sign in there.
        ENABLED,
        /// Whether they may not.
        BLOCKED
    }

    /// The order of columns in lists whose first line doesn't name them.
    private static final List<String> USUAL = List.of("username", "email", "role", "password");

    private static final List<String> WITHOUT_USERNAME = List.of("email", "role", "password");

    static final String INACTIVE = "This user can't sign in where the list comes from, and is left out";

    private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^\\p{L}\\p{Nd}]");

    /// The best names of a column first: a list can have several of them.
    private static final Map<Column, List<String>> NAMES = read(Map.ofEntries(
            Map.entry(
                    Column.USERNAME,
                    "username, user, login, login name, logon name, user login, sAMAccountName, uid, account,"
                            + " account name, Benutzername, Benutzer, Nutzername, Anmeldename, nom d'utilisateur,"
                            + " utilisateur, identifiant, nombre de usuario, usuario, nome de usuário, usuário, nome de"
                            + " utilizador, utilizador, nome utente, utente, gebruikersnaam, gebruiker,"
                            + " اسم المستخدم, المستخدم, userPrincipalName"),
            Map.entry(
                    Column.EMAIL,
                    "email, email address, mail, primary email, user email, work email, email id, E-Mail-Adresse,"
                            + " Mailadresse, adresse email, adresse mail, adresse électronique, courriel, correo,"
                            + " correo electrónico, dirección de correo, dirección de correo electrónico, endereço de"
                            + " email, correio eletrónico, indirizzo email, posta elettronica, emailadres,"
                            + " البريد الإلكتروني, البريد, userPrincipalName, upn"),
            Map.entry(
                    Column.ROLE,
                    "role, roles, user role, Rolle, Benutzerrolle, rôle, rol, papel, função, ruolo, الدور"),
            Map.entry(Column.ADMIN, "admin, is admin"),
            Map.entry(
                    Column.PASSWORD,
                    "password, initial password, temporary password, Passwort, Kennwort, mot de passe, contraseña,"
                            + " senha, palavra-passe, wachtwoord, كلمة المرور, كلمة السر"),
            Map.entry(Column.HASH, "password_hash, hash, hashed password, encrypted_password"),
            Map.entry(Column.STATUS, "status, user status, Zustand, statut, estado, stato, الحالة"),
            Map.entry(Column.ENABLED, "enabled, active, is active, account enabled, Aktiv, actif, activo, ativo"),
            Map.entry(
                    Column.BLOCKED,
                    "block credential, block sign in, blocked, suspended, disabled, deactivated, archived, deleted,"
                            + " gesperrt")));

    private static final Map<String, WorkspaceRole> ROLES = roles(Map.of(
            WorkspaceRole.ADMIN, "admin, administrator, administrateur, administrador, amministratore, مدير, مشرف",
            WorkspaceRole.AGENT, "agent, Mitarbeiter, agente, وكيل",
            WorkspaceRole.USER,
                    "user, member, end-user, Benutzer, Nutzer, Mitglied, utilisateur, membre, usuario, miembro,"
                            + " usuário, utilizador, membro, utente, gebruiker, مستخدم, عضو"));

    private static final Set<String> YES = words("true, yes, y, 1, wahr, ja, vrai, oui, verdadero, sí, sim");
    private static final Set<String> NO = words("false, no, n, 0, falsch, nein, faux, non, falso, não");
    private static final Set<String> INACTIVE_STATUS =
            words("suspended, archived, deactivated, deprovisioned, inactive, disabled, blocked, deleted, removed,"
                    + " bot, gesperrt, deaktiviert, inaktiv, gelöscht, suspendu, désactivé, suspendido, desactivado,"
                    + " suspenso, desativado");

    private final Map<Column, List<String>> columns;

    private UserColumns(Map<Column, List<String>> columns) {
        this.columns = columns;
    }

    /// @param header the names of all columns
    /// @return empty if none of them says who the users are
    static Optional<UserColumns> of(Collection<String> header) {
        var found = new EnumMap<Column, List<String>>(Column.class);
        NAMES.forEach((column, names) -> {
            List<String> here = names.stream()
                    .flatMap(
                            name -> header.stream().filter(typed -> plain(typed).equals(name)))
                    .toList();
            if (!here.isEmpty()) {
                found.put(column, here);
            }
        });
        return found.containsKey(Column.USERNAME) || found.containsKey(Column.EMAIL)
                ? Optional.of(new UserColumns(found))
                : Optional.empty();
    }

    /// @param get the field of a column by its name in the header
    Line line(int number, UnaryOperator<String> get) {
        String username = first(Column.USERNAME, get);
        String email = first(Column.EMAIL, get);
        String password = first(Column.PASSWORD, get);
        return new Line(
                number,
                username,
                email.isEmpty() && username.contains("@") ? username : email,
                role(get),
                isMasked(password) ? "" : password,
                first(Column.HASH, get),
                isInactive(get) ? INACTIVE : "");
    }

    private String first(Column column, UnaryOperator<String> get) {
        return columns.getOrDefault(column, List.of()).stream()
                .map(get)
                .map(String::strip)
                .filter(field -> !field.isEmpty())
                .findFirst()
                .orElse("");
    }

    private boolean is(Column column, UnaryOperator<String> get, Set<String> words) {
        return columns.getOrDefault(column, List.of()).stream().anyMatch(name -> words.contains(bare(get.apply(name))));
    }

    private boolean isInactive(UnaryOperator<String> get) {
        return is(Column.STATUS, get, INACTIVE_STATUS) || is(Column.ENABLED, get, NO) || is(Column.BLOCKED, get, YES);
    }

    /// Returns the role as it is called here, or what the list says.
    private String role(UnaryOperator<String> get) {
        String typed = first(Column.ROLE, get);
        if (typed.isEmpty()) {
            return (is(Column.ADMIN, get, YES) ? WorkspaceRole.ADMIN : WorkspaceRole.USER).key();
        }
        return Optional.ofNullable(ROLES.get(bare(typed)))
                .map(WorkspaceRole::key)
                .orElse(typed.toLowerCase(Locale.ROOT));
    }

    /// Google writes stars.
    private static boolean isMasked(String password) {
        return password.chars().allMatch(c -> c == '*');
    }

    /// Returns the columns of a list without a header.
    static List<String> usual(List<String> firstLine) {
        boolean isEmailFirst = firstLine.getFirst().contains("@")
                && firstLine.stream().skip(1).noneMatch(field -> field.contains("@"));
        return isEmailFirst ? WITHOUT_USERNAME : USUAL;
    }

    /// `Email Address [Required]`, `user.emailAddress` and `E-Mail address` are one name.
    private static String plain(String name) {
        String itself = name.replaceAll("\\[[^]]*]|\\([^)]*\\)", "").replaceFirst("(?i)^\\s*(?:user|profile)\\.", "");
        return bare(itself).replaceFirst("(?:required|optional)$", "");
    }

    /// Returns the letters and digits of a word, in lower case and without accents.
    private static String bare(String word) {
        return NEITHER_LETTER_NOR_DIGIT
                .matcher(Normalizer.normalize(word, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT))
                .replaceAll("");
    }

    private static Map<Column, List<String>> read(Map<Column, String> names) {
        return names.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(words(entry.getValue()))));
    }

    private static Map<String, WorkspaceRole> roles(Map<WorkspaceRole, String> names) {
        return names.entrySet().stream()
                .flatMap(entry -> words(entry.getValue()).stream().map(word -> Map.entry(word, entry.getKey())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<String> words(String text) {
        return Stream.of(text.split(",")).map(UserColumns::bare).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
