package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.secrets.TypedSecrets;
import jakarta.ws.rs.FormParam;

/// The posted fields of a mail server’s page.
public class MailServerForm {

    /// The fields as texts.
    /// @param typedPassword sealed, if one was typed
    public record Shown(
            String host,
            String port,
            String security,
            String user,
            String from,
            String fromName,
            String typedPassword) {

        public static final Shown EMPTY = new Shown("", "", "starttls", "", "", "", "");

        public static Shown of(StoredMailServer server) {
            return new Shown(
                    server.host(),
                    Integer.toString(server.port()),
                    server.security().key(),
                    server.user(),
                    server.from(),
                    server.fromName(),
                    "");
        }

        public boolean isTls() {
            return security.equals("tls");
        }

        public boolean isNone() {
            return security.equals("none");
        }
    }

    /// Stands for what is no number, so that it is refused like one out of range.
    private static final int NO_PORT = -1;

    @FormParam("host")
    String host = "";

    @FormParam("port")
    String port = "";

    @FormParam("security")
    String security = "";

    @FormParam("user")
    String user = "";

    @FormParam("password")
    String password = "";

    @FormParam(TypedSecrets.FIELD)
    String typedPassword = "";

    @FormParam("from")
    String from = "";

    @FormParam("fromName")
    String fromName = "";

    /// Takes the password that was typed before, or keeps the one that is typed now.
    ///
    /// @param owner for whom it’s sealed
    public MailServerForm with(TypedSecrets secrets, String owner) {
        typedPassword = secrets.seal(password, typedPassword, owner);
        password = secrets.open(typedPassword, owner);
        return this;
    }

    /// Returns the fields as the page shows them again; the password is among them only sealed.
    public Shown shown() {
        return new Shown(host, port, security, user, from, fromName, typedPassword);
    }

    public MailServerInput input() {
        return new MailServerInput(
                host,
                Optional.of(port.strip())
                        .filter(text -> !text.isEmpty())
                        .map(text -> text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : NO_PORT),
                security,
                user,
                Optional.of(password).filter(text -> !text.isEmpty()),
                from,
                fromName);
    }
}
