package dev.banyan.workspaces.migration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.CsvText;
import dev.banyan.workspaces.migration.UserFile.Line;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists of users as other systems write them.
class UserFileTest {

    private static List<Line> lines(String list) {
        assertThat(UserFile.read(CsvText.of(list), 5)).isInstanceOf(UserFile.Read.Lines.class);
        return ((UserFile.Read.Lines) UserFile.read(CsvText.of(list), 5)).lines();
    }

    private static String told(Line line) {
        return String.join("|", line.username(), line.email(), line.role(), line.password(), line.hash());
    }

    private static String told(String list) {
        return lines(list).stream().map(UserFileTest::told).collect(Collectors.joining("; "));
    }

    @Test
    void listsOfOtherSystemsAreKnownByTheirHeader() {
        assertThat(told("First Name [Required],Last Name [Required],Email Address [Required],Password [Required],"
                        + "Password Hash Function [UPLOAD ONLY],Org Unit Path [Required]\n"
                        + "Anna,Eleven,anna11@acme.example,Passw0rd-x,,/\nAnna,Stars,stars@acme.example,****,,/"))
                .as("Google")
                .isEqualTo("|anna11@acme.example|user|Passw0rd-x|; |stars@acme.example|user||");
        assertThat(told("User principal name,Display name,First name,Last name\n"
                        + "anna12@acme.example,Anna Zw\u00f6lf,Anna,Zw\u00f6lf"))
                .as("Microsoft 365")
                .isEqualTo("anna12@acme.example|anna12@acme.example|user||");
        assertThat(told("version:v1.0\nName [displayName] Required,User name [userPrincipalName] Required,"
                        + "Initial password [passwordProfile] Required,"
                        + "Block sign in (Yes/No) [accountEnabled] Required\n"
                        + "Anna Zw\u00f6lf,anna12@acme.example,Passw0rd-x,No"))
                .as("Entra ID's model")
                .isEqualTo("anna12@acme.example|anna12@acme.example|user|Passw0rd-x|");
        assertThat(told("userPrincipalName,displayName,mail,objectId,accountEnabled\n"
                        + "anna@acme.onmicrosoft.example,Anna,anna@acme.example,1,True\n"
                        + "bot@acme.onmicrosoft.example,Bot,,2,True"))
                .as("Entra ID")
                .isEqualTo("anna@acme.onmicrosoft.example|anna@acme.example|user||;"
                        + " bot@acme.onmicrosoft.example|bot@acme.onmicrosoft.example|user||");
        assertThat(told("User principal name,Display name\n"
                        + "anna_b_acme.example#EXT#@corp.onmicrosoft.example,Anna"))
                .as("a guest in Entra ID")
                .isEqualTo("anna_b@acme.example|anna_b@acme.example|user||");
        assertThat(told("login,firstName,lastName,email\nanna14@acme.example,Anna,Vierzehn,anna14@acme.example"))
                .as("Okta")
                .isEqualTo("anna14@acme.example|anna14@acme.example|user||");
        assertThat(told("user.login,user.email,user.status\nanna,anna@acme.example,ACTIVE"))
                .as("Okta's report")
                .isEqualTo("anna|anna@acme.example|user||");
        assertThat(told("username,email,status,billing-active,fullname\n"
                        + "anna.fifteen,anna15@acme.example,Member,1,\"Fifteen, Anna\""))
                .as("Slack")
                .isEqualTo("anna.fifteen|anna15@acme.example|user||");
        assertThat(told("id,name,email,role,availability\n"
                        + "1,Anna Sixteen,anna16@acme.example,administrator,online\n2,B,b@acme.example,agent,busy"))
                .as("Chatwoot")
                .isEqualTo("|anna16@acme.example|admin||; |b@acme.example|agent||");
        assertThat(told("#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\n"
                        + "\"SamAccountName\",\"EmailAddress\",\"Enabled\"\n\"anna\",\"anna@acme.example\",\"True\""))
                .as("Active Directory")
                .isEqualTo("anna|anna@acme.example|user||");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Benutzername;E-Mail;Rolle;Passwort | anna;anna@acme.example;Administrator;Passw0rd-x",
                "E-Mail-Adresse;Kennwort;Anmeldename;Rolle | anna@acme.example;Passw0rd-x;anna;admin",
                "Nom d’utilisateur;Adresse e-mail;Rôle;Mot de passe | anna;anna@acme.example;Administrateur;Passw0rd-x",
                "Usuario;Correo electrónico;Rol;Contraseña | anna;anna@acme.example;Administrador;Passw0rd-x",
                "Usuario;Correo electrónico;Función;Contraseña | anna;anna@acme.example;Administrador;Passw0rd-x",
                "Usuário;E-mail;Função;Senha | anna;anna@acme.example;administrador;Passw0rd-x",
                "اسم المستخدم;البريد الإلكتروني;الدور;كلمة المرور | anna;anna@acme.example;مدير;Passw0rd-x",
                "user;email;admin;password | anna;anna@acme.example;true;Passw0rd-x",
                "user;email;admin;password | anna;anna@acme.example;WAHR;Passw0rd-x",
                "Nazwa użytkownika;Adres e-mail;Rola;Hasło | anna;anna@acme.example;administrator;Passw0rd-x",
                "Kullanıcı adı;E-posta;Rol;Şifre | anna;anna@acme.example;yönetici;Passw0rd-x",
                "KULLANICI ADI;E-POSTA;ROL;ŞİFRE | anna;anna@acme.example;YÖNETİCİ;Passw0rd-x",
                "Имя пользователя;Электронная почта;Роль;Пароль | anna;anna@acme.example;Администратор;Passw0rd-x",
                "Gebruikersnaam;E-mailadres;Rol;Wachtwoord | anna;anna@acme.example;Beheerder;Passw0rd-x",
                "User Name;User Email;Role;Password | anna;anna@acme.example;Admin;Passw0rd-x",
                "Uporabniško ime;E-pošta;Vloga;Geslo | anna;anna@acme.example;Skrbnik;Passw0rd-x",
                "Användarnamn;E-post;Roll;Lösenord | anna;anna@acme.example;Administratör;Passw0rd-x",
                "Notandanafn;Netfang;Hlutverk;Lykilorð | anna;anna@acme.example;Stjórnandi;Passw0rd-x",
                "Naudotojo vardas;El. paštas;Vaidmuo;Slaptažodis | anna;anna@acme.example;Administratorius;Passw0rd-x",
                "Lietotājvārds;E-pasts;Loma;Parole | anna;anna@acme.example;Administrators;Passw0rd-x",
                "Kasutajanimi;E-post;Roll;Parool | anna;anna@acme.example;Administraator;Passw0rd-x",
                "Nama pengguna;E-mel;Peranan;Kata laluan | anna;anna@acme.example;Pentadbir;Passw0rd-x",
                "उपयोगकर्ता नाम;ईमेल;भूमिका;पासवर्ड | anna;anna@acme.example;व्यवस्थापक;Passw0rd-x",
                "صارف نام;ای میل;کردار;پاس ورڈ | anna;anna@acme.example;منتظم;Passw0rd-x",
                "Корисничко име;Е-пошта;Улога;Лозинка | anna;anna@acme.example;Администратор;Passw0rd-x",
                "Používateľské meno;E-mail;Rola;Heslo | anna;anna@acme.example;Správca;Passw0rd-x",
                "ユーザー名;メールアドレス;権限;パスワード | anna;anna@acme.example;管理者;Passw0rd-x",
                "Käyttäjätunnus;Sähköposti;Rooli;Salasana | anna;anna@acme.example;Ylläpitäjä;Passw0rd-x",
                "Benutzername;Email;Rolle;Passwort | anna;anna@acme.example;Administrator*in;Passw0rd-x",
            })
    void headersMayBeInOtherLanguages(String header, String line) {
        assertThat(told(header + "\n" + line)).isEqualTo("anna|anna@acme.example|admin|Passw0rd-x|");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Benutzerprinzipalname;Anzeigename;Vorname",
                "Nom d’utilisateur principal;Nom d’affichage;Prénom",
                "Nombre principal de usuario;Nombre para mostrar;Nombre",
                "Nome principal do usuário;Nome de exibição;Nome",
                "Główna nazwa użytkownika;Nazwa wyświetlana;Imię",
                "Имя участника-пользователя;Отображаемое имя;Имя",
            })
    void microsoftNamesTheSignInAddressInManyLanguages(String header) {
        assertThat(told(header + "\nanna@acme.example;Anna;Anna"))
                .isEqualTo("anna@acme.example|anna@acme.example|user||");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            anna9@acme.example           | anna9@acme.example
            Anna <anna9@acme.example>    | anna9@acme.example
            <anna9@acme.example>         | anna9@acme.example
            mailto:anna9@acme.example    | anna9@acme.example
            ​anna9@acme.example  | anna9@acme.example
            x@münchen.example            | x@xn--mnchen-3ya.example
            Anna Eleven                  | Anna Eleven
            x@bad host.example           | x@bad host.example
            """)
    void anEmailMayHaveANameAndAHostOfOtherLetters(String typed, String email) {
        assertThat(lines("id;email\n1;" + typed)).singleElement().returns(email, Line::email);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            email,enabled|a@b.example,maybe ~ enabled: Enter yes or no
            email,Block credential|a@b.example,2024-01-01 ~ Block credential: Enter yes or no
            email,admin|a@b.example,sometimes ~ admin: Enter yes or no
            """)
    void whoMaySignInIsNotGuessed(String list, String why) {
        assertThat(lines(list.replace('|', '\n'))).singleElement().returns(why, Line::broken);
    }

    @Test
    void aListMayBeginWithoutAHeaderOrBeJson() {
        assertThat(told("anna,anna@acme.example,agent,Passw0rd-x\n\nbo,bo@acme.example"))
                .isEqualTo("anna|anna@acme.example|agent|Passw0rd-x|; bo|bo@acme.example|user||");
        assertThat(told("username|email|role|password\nanna|anna@acme.example|admin|Passw0rd-x"))
                .isEqualTo("anna|anna@acme.example|admin|Passw0rd-x|");
        assertThat(told("anna@acme.example,agent\nbo@acme.example"))
                .isEqualTo("|anna@acme.example|agent||; |bo@acme.example|user||");
        assertThat(told("""
            [{"userName": "anna", "mail": "anna@acme.example", "admin": true, "password_hash": "$2a$"}]\
            """)).isEqualTo("anna|anna@acme.example|admin||$2a$");
        assertThat(lines("email\nx@y.example\n\nz@y.example").getLast().number())
                .isEqualTo(4);
    }

    @Test
    void jsonMayBeAsOtherSystemsWriteIt() {
        assertThat(told("""
            [{"id": "U1", "name": "anna.fifteen", "deleted": false, "is_bot": false,
              "profile": {"real_name": "Anna", "email": "anna@acme.example", "fields": {"x": {"value": "y"}}}}]\
            """)).as("Slack").isEqualTo("|anna@acme.example|user||");
        assertThat(lines("""
            {"id": 1, "email": "anna@acme.example", "role": "agent", "suspended": false}
            {"id": 2, "email": "ben@acme.example", "role": "end-user", "suspended": true}
            """))
                .as("Zendesk: an object in each line")
                .extracting(UserFileTest::told, Line::isInactive)
                .containsExactly(
                        Tuple.tuple("|anna@acme.example|agent||", false),
                        Tuple.tuple("|ben@acme.example|user||", true));
        assertThat(told("""
            {"@odata.count": 1, "value": [{"userPrincipalName": "anna@acme.example", "mail": null}]}\
            """)).as("Microsoft Graph").isEqualTo("anna@acme.example|anna@acme.example|user||");
        assertThat(told("""
            [{"id": "1", "status": "ACTIVE", "profile": {"login": "anna", "email": "anna@acme.example"}}]\
            """)).as("Okta").isEqualTo("anna|anna@acme.example|user||");
        assertThat(told("""
            {"realm": "acme", "roles": {"realm": [{"name": "x"}]}, "users": [{"username": "anna",
              "email": "anna@acme.example", "enabled": true, "credentials": [{"type": "password"}]}]}\
            """)).as("Keycloak").isEqualTo("anna|anna@acme.example|user||");
        assertThat(told("""
            {"Resources": [{"userName": "anna", "active": true, "emails": [{"value": "a@old.example"},
              {"value": "anna@acme.example", "type": "work", "primary": true}]}]}\
            """)).as("SCIM").isEqualTo("anna|anna@acme.example|user||");
        assertThat(told("""
            {"username": "anna", "email": "anna@acme.example", "roles": ["agent"]}\
            """)).as("one").isEqualTo("anna|anna@acme.example|agent||");
        assertThat(lines("{\"users\": []}")).isEmpty();
    }

    @Test
    void aHashMayHaveTheNameOfItsKindBeforeIt() {
        assertThat(lines("""
            email,hash
            a@b.example,bcrypt$$2b$12$x
            b@b.example,{BLF-CRYPT}$2y$10$x
            c@b.example,argon2$argon2id$v=19$x
            d@b.example,bcrypt_sha256$$2b$12$x
            """))
                .extracting(Line::hash)
                .containsExactly("$2b$12$x", "$2y$10$x", "$argon2id$v=19$x", "bcrypt_sha256$$2b$12$x");
    }

    /// As a password it would open the account to whoever has seen the list, and not to its person.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2y$12$abcdefghijklmnopqrstuuW0JqxWcJ8m4h9bqXPa8kPzHgVYHfN6e",
                "$P$BDyjkGkFzzBqVdJ8vJ8nGm7o0R8xP4/",
                "$6$rounds=5000$usesomesillystri$D4IrlXatmP7rx3P3InaxBeoomnAihCKRVQAr",
                "{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr",
                "pbkdf2_sha256$600000$abc$YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU=",
                "pbkdf2:sha256:600000$salt$0123456789abcdef",
                "5f4dcc3b5aa765d61d8327deb882cf99"
            })
    void aHashIsNoPasswordWhateverItsColumnIsCalled(String hash) {
        assertThat(told("user_login,user_email,user_pass\nanna,anna@acme.example," + hash))
                .isEqualTo("anna|anna@acme.example|user||" + hash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$ummer$2026-rain", "{brackets}-and-more", "deadbeefcafe", "pa$$word-of-mine"})
    void aPasswordMayHaveSignsOfHashes(String password) {
        assertThat(told("email,password\nanna@acme.example," + password))
                .isEqualTo("|anna@acme.example|user|" + password + "|");
    }

    @ParameterizedTest
    @CsvSource({
        "Super Admin, admin",
        "Company admin, admin",
        "Standard, user",
        "Lead agent, agent",
        "客服, agent",
        "Account Administrator, admin",
        "Support agent, agent",
        "Operatore, agent",
        "Medarbejder, agent",
        "Guest, user",
        "Supervisor, agent",
        "system_admin system_user, admin",
        "system_user system_admin, admin",
        "system_user, user",
        "Owner, owner",
        "agent; admin, agent; admin"
    })
    void aRoleMayHaveAnotherNameButIsNotGuessed(String typed, String role) {
        assertThat(lines("email|role\na@b.example|" + typed)).singleElement().returns(role, Line::role);
    }

    @Test
    void aPersonMayBeCalledLikeAColumn() {
        assertThat(told("user,user@acme.example,agent,Passw0rd-x\naccount,account@acme.example"))
                .isEqualTo("user|user@acme.example|agent|Passw0rd-x|; account|account@acme.example|user||");
    }

    @Test
    void linesMayEndWithEmptyCells() {
        assertThat(lines("email,role\na@b.example,agent,,\nb@b.example,agent, ,x"))
                .extracting(UserFileTest::told)
                .containsExactly("|a@b.example|agent||", "||||");
    }

    /// As mail programs list those to whom a mail goes: otherwise one became the username of the next.
    @Test
    void aLineOfAddressesHasAPersonEach() {
        assertThat(told("anna@acme.example; \"Ben B.\" <ben@acme.example>;\ncara@acme.example"))
                .isEqualTo("|anna@acme.example|user||; |ben@acme.example|user||; |cara@acme.example|user||");
        assertThat(told("Anna A <anna@acme.example>, Ben B <ben@acme.example>"))
                .isEqualTo("|anna@acme.example|user||; |ben@acme.example|user||");
        assertThat(told("a@acme.example;b@acme.example;c@acme.example"))
                .isEqualTo("|a@acme.example|user||; |b@acme.example|user||; |c@acme.example|user||");
        assertThat(told("anna@corp.example,anna@acme.example"))
                .as("a username that is an address")
                .isEqualTo("anna@corp.example|anna@acme.example|user||");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email,status\na@b.example,Deactivated",
                "email,status\na@b.example,Bot",
                "Email Address [Required],New Status [UPLOAD ONLY]\na@b.example,Suspended",
                "email,type,status\na@b.example,Owner,Revoked",
                "邮箱,状态\na@b.example,已停用",
                "id,email,deleted_at\n1,a@b.example,2024-03-01 09:00:00",
                "username,email,delete_at\nanna,a@b.example,1699999999000",
                "email,is_blocked\na@b.example,true",
                "email,state\na@b.example,SUSPENDED",
                "email;Aktiv\na@b.example;nein",
                "email;enabled\na@b.example;inactive",
                "email;accountEnabled\na@b.example;0.0",
                "E-Mail;Anmeldung blockiert\na@b.example;ja",
                "e-posta;aktif\na@b.example;hayır",
                "email,accountEnabled\na@b.example,False",
                "User principal name,Block credential,State\na@b.example,True,Texas",
                "[{\"email\": \"a@b.example\", \"enabled\": false}]",
            })
    void whoCanNoLongerSignInThereIsLeftOut(String list) {
        assertThat(lines(list)).singleElement().matches(Line::isInactive);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email,status\na@b.example,Active",
                "email,enabled\na@b.example,1",
                "email,state\na@b.example,Blocked Creek",
                "email,archived\na@b.example,",
                "email,deleted_at\na@b.example,NULL",
                "email,delete_at\na@b.example,0",
                "email,deleted_at\na@b.example,0000-00-00 00:00:00",
            })
    void theOthersAreNot(String list) {
        assertThat(lines(list)).singleElement().matches(line -> line.broken().isEmpty());
    }

    @Test
    void aTitleAndEmptyRowsAreNoLines() {
        assertThat(told("Team 2026\n\nBenutzername;E-Mail;Rolle\nanna;anna@example.com;agent\n;;\n"))
                .isEqualTo("anna|anna@example.com|agent||");
        assertThat(told("Table 1,,\nemail,role,\nanna@example.com,agent,\n")).isEqualTo("|anna@example.com|agent||");
    }

    @Test
    void aListThatIsNoneSaysWhy() {
        assertThat(UserFile.read(CsvText.of("Farbe,Form\nrot,rund"), 5).toString())
                .contains("The first line must name the columns", "“Farbe”, “Form”");
        assertThat(UserFile.read(CsvText.of("a@b.example\n".repeat(6)), 5).toString())
                .contains("more than 5 users");
        assertThat(UserFile.read(CsvText.of(" \n"), 5).toString()).contains("is empty");
    }
}
