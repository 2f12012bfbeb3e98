package dev.banyan.workspaces.mail;

import module java.base;
import dev.banyan.workspaces.mail.MailServers.Wish;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;

/// The posted fields of a mail server’s page.
class MailServerForm {

    /// Stands for what is no number, so that it is refused like one out of range.
    private static final int NO_PORT = -1;

    @FormParam("host")
    @DefaultValue("")
    String host = "";

    @FormParam("port")
    @DefaultValue("")
    String port = "";

    @FormParam("security")
    @DefaultValue("")
    String security = "";

    @FormParam("user")
    @DefaultValue("")
    String user = "";

    @FormParam("password")
    @DefaultValue("")
    String password = "";

    @FormParam("from")
    @DefaultValue("")
    String from = "";

    @FormParam("fromName")
    @DefaultValue("")
    String fromName = "";

    /// Returns the fields as the page shows them again; the password is not among them.
    MailServerPage.Form shown() {
        return new MailServerPage.Form(host, port, security, user, from, fromName);
    }

    Wish wish() {
        return new Wish(
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
