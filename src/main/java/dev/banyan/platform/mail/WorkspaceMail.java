package dev.banyan.platform.mail;

import module java.base;

/// How mails of a workspace are sent. Implemented by the package that knows workspaces.
public interface WorkspaceMail {

    /// @param server its own; empty: this server's
    record Dispatch(Optional<MailServer> server, MailBranding look) {}

    /// @return empty if the workspace no longer exists: its mails go out as any other
    Optional<Dispatch> of(String workspace);

    /// Notices that its mail server took a mail.
    void worked(String workspace);

    /// Notices that its mail server didn't take a mail.
    void failed(String workspace, String why);
}
