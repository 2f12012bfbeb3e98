package dev.banyan.workspaces.migration;

import module java.base;
import dev.banyan.accounts.signin.ImportedHashes;
import dev.banyan.platform.ListWords;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.migration.UserFile.Line;
import dev.banyan.workspaces.users.WorkspaceUserRules;

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
        BLOCKED,
        /// Since when they may not.
        ENDED
    }

    private static final List<String> WITHOUT_USERNAME = List.of("email", "role", "password");

    static final String INACTIVE = "This user can't sign in where the list comes from, and is left out";

    /// The best names of a column first: a list can have several of them.
    private static final Map<Column, List<String>> NAMES = read(Map.ofEntries(
            Map.entry(Column.USERNAME, ListWords.USERNAMES),
            Map.entry(
                    Column.EMAIL,
                    ListWords.EMAILS
                            + ", business email, company email, office email, login email, account email, member email,"
                            + " agent email, employee email, contact email, emails"),
            Map.entry(
                    Column.ROLE,
                    "role, roles, user role, user type, función, tipo de usuario, rol de usuario, tipo de usuário, Benutzertyp,"
                            + " Rolle, Benutzerrolle, rôle, rol, papel, função, ruolo, rola, rola użytkownika,"
                            + " роль, rolle, roll, szerep, szerepkör, ρόλος, תפקיד, 役割, ロール, 角色, 역할, الدور, نقش, rooli, peran,"
                            + " vai trò, บทบาท, uloga, улога, роля, vloga, vaidmuo, loma, hlutverk, peranan, भूमिका, کردار,"
                            + " jukumu, 権限, 权限, access level, permission level"),
            Map.entry(Column.ADMIN, "admin, is admin"),
            Map.entry(
                    Column.PASSWORD,
                    "password, initial password, temporary password, user pass, pass, passwd, pwd, Passwort, Kennwort, mot de passe, contraseña, senha,"
                            + " palavra-passe, wachtwoord, hasło, şifre, parola, пароль, heslo, jelszó, lösenord,"
                            + " adgangskode, passord, parolă, κωδικός πρόσβασης, סיסמה, パスワード, 密码, 密碼, 비밀번호,"
                            + " كلمة المرور, كلمة السر, رمز عبور, salasana, kata sandi, mật khẩu, รหัสผ่าน, contrasenya,"
                            + " lozinka, лозинка, парола, geslo, slaptažodis, parole, parool, lykilorð, kata laluan, पासवर्ड,"
                            + " پاس ورڈ, nenosiri"),
            Map.entry(
                    Column.HASH,
                    "password_hash, hash, hashed password, encrypted_password, password digest, password encrypted"),
            Map.entry(
                    Column.STATUS,
                    "status, new status, user status, account status, state, user state, account state, Zustand, statut, estado, stato, stan, durum, статус, stav, állapot, الحالة,"
                            + " 状态, 狀態, 状態, ステータス, 상태"),
            Map.entry(
                    Column.ENABLED,
                    "enabled, active, is active, is enabled, account enabled, account active, Aktiv, Aktiviert, Konto aktiviert, actif, activé, compte"
                            + " activé, activo, habilitado, cuenta habilitada, ativo, attivo, actief, aktywny, etkin,"
                            + " aktif, активен, включен"),
            Map.entry(
                    Column.BLOCKED,
                    "block credential, block sign in, blocked, suspended, disabled, deactivated, archived, deleted,"
                            + " is blocked, is suspended, is disabled, is deactivated, is archived, is deleted, account"
                            + " disabled, account suspended, gesperrt, deaktiviert, Anmeldung blockieren, Anmeldung blockiert, Anmeldeinformationen"
                            + " blockieren, Zugriff blockieren, bloquer les informations d'identification, bloquer la"
                            + " connexion, bloqué, bloquear credenciales, bloquear credencial, bloquear inicio de sesión,"
                            + " bloqueado, blocca credenziali, bloccato, referenties blokkeren, geblokkeerd, zablokowany,"
                            + " engellendi, заблокирован, محظور"),
            Map.entry(
                    Column.ENDED,
                    "deleted at, delete at, deleted on, date deleted, deactivated at, deactivated on, deactivation date,"
                            + " disabled at, suspended at, suspended on, blocked at, banned at, archived at, removed at,"
                            + " revoked at, gelöscht am, deaktiviert am, gesperrt am")));

    private static final Map<String, WorkspaceRole> ROLES = roles(Map.of(
            WorkspaceRole.ADMIN,
                    "admin, administrator, system admin, system admin system user, system user system admin, super admin, super administrator, account admin, account administrator, org"
                            + " admin, organization admin, workspace admin, team admin, company admin, administratorin, administrateur, administratrice, administradora,"
                            + " amministratrice, ylläpitäjä, διαχειριστής, מנהל, 管理者, 管理员, 管理員, 관리자, مدیر,"
                            + " quản trị viên, ผู้ดูแลระบบ,"
                            + " administrador, amministratore, beheerder, yönetici,"
                            + " администратор, адміністратор, správce, správca, administratör, administraator, administrators,"
                            + " administratorius, stjórnandi, skrbnik, upravitelj, pentadbir, msimamizi, व्यवस्थापक, منتظم, rendszergazda, مدير, مشرف",
            WorkspaceRole.AGENT,
                    "agent, supervisor, support agent, light agent, lite agent, basic agent, lead agent, full agent, teammate, operator, 客服,"
                            + " 坐席, オペレーター, 상담원, נציג, agentin, Mitarbeiter, Mitarbeiterin, agente, operatore, operatrice, operador, operadora, opérateur, opératrice,"
                            + " operatör, medarbejder, medarbeider, medarbetare, medewerker, temsilci, konsultant, ejen, агент, оператор, وكيل",
            WorkspaceRole.USER,
                    "user, system user, system guest, member, end-user, customer, guest, viewer, subscriber, standard, standard user, regular member,"
                            + " observer, observer agent, read-only, Benutzer, Benutzerin, Nutzer, Nutzerin, Mitglied, utilisatrice, usuaria,"
                            + " bruger, bruker, käyttäjä, χρήστης, משתמש, ユーザー, 用户, 使用者, 사용자, کاربر, pengguna,"
                            + " người dùng, ผู้ใช้, korisnik, потребител,"
                            + " utilisateur, membre, usuario, miembro,"
                            + " usuário, utilizador, membro, utente, gebruiker, użytkownik, kullanıcı, пользователь,"
                            + " користувач, uživatel, felhasználó, användare, مستخدم, عضو"));

    private static final Set<String> INACTIVE_STATUS = ListWords.of(
            "suspended, archived, deactivated, deprovisioned, terminated, offboarded, inactive, disabled, blocked, deleted, removed, revoked, banned, expired, left,"
                    + " bot, gesperrt, deaktiviert, inaktiv, gelöscht, suspendu, désactivé, inactif, bloqué, suspendido,"
                    + " desactivado, inactivo, bloqueado, suspenso, desativado, inativo, sospeso, disattivato, inattivo,"
                    + " bloccato, geblokkeerd, inactief, zablokowany, nieaktywny, pasif, engellendi, заблокирован,"
                    + " неактивен, محظور, غير نشط, 停用, 已停用, 禁用, 已禁用, 已删除, 离职, 已离职, 無効, 停止, 停止中, 退職,"
                    + " 비활성, 비활성화, 정지, 삭제됨");

    /// A moment, and not `0`, `0000-00-00` or `NULL`.
    private static final Pattern HAS_ENDED = Pattern.compile("[1-9]");

    /// How Entra ID names a guest: the address that they have elsewhere, at a host that takes no mail.
    private static final Pattern GUEST = Pattern.compile("(?i)(.+)_([^_@]+)#EXT#@.+");

    private final Map<Column, List<String>> columns;
    private final List<String> unread;

    private UserColumns(Map<Column, List<String>> columns, List<String> unread) {
        this.columns = columns;
        this.unread = unread;
    }

    /// Returns the names of the columns of which we don’t know what they say.
    List<String> unread() {
        return unread;
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
        List<String> unread = header.stream()
                .filter(name -> !name.isBlank())
                .filter(name -> found.values().stream().noneMatch(known -> known.contains(name)))
                .toList();
        return found.containsKey(Column.USERNAME) || found.containsKey(Column.EMAIL)
                ? Optional.of(new UserColumns(found, unread))
                : Optional.empty();
    }

    /// Returns the columns that a first line names; empty for a person, also one called `user` or `account`.
    static Optional<UserColumns> ofHeader(List<String> line) {
        boolean isPerson = line.stream()
                .anyMatch(field ->
                        WorkspaceUserRules.brokenEmail(ListWords.email(field)).isEmpty());
        return isPerson ? Optional.empty() : of(line);
    }

    /// @param get the field of a column by its name in the header
    Line line(int number, UnaryOperator<String> get) {
        String typed = first(Column.USERNAME, get);
        String username = typed.contains("@") ? email(typed) : typed;
        String email = email(first(Column.EMAIL, get));
        String password = first(Column.PASSWORD, get);
        boolean isHash = ImportedHashes.isHash(password);
        String hash = first(Column.HASH, get);
        return new Line(
                number,
                username,
                email.isEmpty() && username.contains("@") ? username : email,
                role(get),
                isMasked(password) || isHash ? "" : password,
                ImportedHashes.plain(hash.isEmpty() && isHash ? password : hash),
                isInactive(get) ? INACTIVE : unclear(get).orElse(""),
                true);
    }

    private static String email(String typed) {
        return GUEST.matcher(ListWords.email(typed)).replaceFirst("$1@$2");
    }

    private String first(Column column, UnaryOperator<String> get) {
        return columns.getOrDefault(column, List.of()).stream()
                .map(get)
                .map(String::strip)
                .filter(field -> !field.isEmpty())
                .findFirst()
                .orElse("");
    }

    private boolean is(Column column, UnaryOperator<String> get, boolean wanted) {
        return columns.getOrDefault(column, List.of()).stream()
                .anyMatch(name -> ListWords.yesOrNo(get.apply(name)).equals(Optional.of(wanted)));
    }

    private boolean isInactive(UnaryOperator<String> get) {
        return columns.getOrDefault(Column.STATUS, List.of()).stream()
                        .anyMatch(name -> INACTIVE_STATUS.contains(ListWords.bare(get.apply(name))))
                || is(Column.ENABLED, get, false)
                || is(Column.BLOCKED, get, true)
                || columns.getOrDefault(Column.ENDED, List.of()).stream()
                        .map(get)
                        .anyMatch(HAS_ENDED.asPredicate());
    }

    /// Says which cell is neither yes nor no: who may sign in, or is an admin, isn't guessed.
    private Optional<String> unclear(UnaryOperator<String> get) {
        return Stream.of(Column.ENABLED, Column.BLOCKED, Column.ADMIN)
                .flatMap(column -> columns.getOrDefault(column, List.of()).stream())
                .filter(name -> !ListWords.bare(get.apply(name)).isEmpty())
                .filter(name -> ListWords.yesOrNo(get.apply(name)).isEmpty())
                .findFirst()
                .map(name -> name.strip() + ": Enter yes or no");
    }

    /// Returns the role as it is called here, or what the list says.
    private String role(UnaryOperator<String> get) {
        String typed = first(Column.ROLE, get);
        if (typed.isEmpty()) {
            return (is(Column.ADMIN, get, true) ? WorkspaceRole.ADMIN : WorkspaceRole.USER).key();
        }
        return Optional.ofNullable(ROLES.get(ListWords.bare(typed)))
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
        return isEmailFirst || !recipients(firstLine).isEmpty() ? WITHOUT_USERNAME : UserFile.COLUMNS;
    }

    /// Returns the addresses of a line that has nothing else, as mail programs list recipients; empty for other lines,
    /// also for two without names, which may be a username and an email.
    static List<String> recipients(List<String> line) {
        List<String> filled = line.stream().filter(field -> !field.isBlank()).toList();
        boolean isList = filled.size() > 2 || filled.stream().anyMatch(field -> field.contains("<"));
        return isList && filled.size() > 1 && filled.stream().allMatch(field -> field.contains("@"))
                ? filled
                : List.of();
    }

    static Line recipient(int number, String address) {
        return of(List.of("email")).orElseThrow().line(number, _ -> address);
    }

    /// `Email Address [Required]`, `user.emailAddress` and `E-Mail address` are one name.
    private static String plain(String name) {
        String itself =
                name.replaceAll("\\[[^]]*]|\\([^)]*\\)", "").replaceFirst("(?i)^\\s*(?:user|profile|contact)\\.", "");
        return ListWords.bare(itself).replaceFirst("(?:required|optional)$", "");
    }

    private static Map<Column, List<String>> read(Map<Column, String> names) {
        return names.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> List.copyOf(ListWords.of(entry.getValue()))));
    }

    private static Map<String, WorkspaceRole> roles(Map<WorkspaceRole, String> names) {
        return names.entrySet().stream()
                .flatMap(entry -> ListWords.of(entry.getValue()).stream().map(word -> Map.entry(word, entry.getKey())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
