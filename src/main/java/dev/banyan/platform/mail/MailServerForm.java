package dev.banyan.platform.mail;

import module java.base;
import jakarta.ws.rs.FormParam;

/// The posted fields of a mail server’s page.
public class MailServerForm {

    /// The fields as texts.
    public record Shown(String host, String port, String security, String user, String from, String fromName) {

        public static final Shown EMPTY = new Shown("", "", "starttls", "", "", "");

        public static Shown of(StoredMailServer server) {
            return new Shown(
                    server.host(),
                    Integer.toString(server.port()),
                    server.security().key(),
                    server.user(),
                    server.from(),
                    server.fromName());
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

    @FormParam("from")
    String from = "";

    @FormParam("fromName")
    String fromName = "";

    /// Returns the fields as the page shows them again; the password is not among them.
    public Shown shown() {
        return new Shown(host, port, security, user, from, fromName);
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
