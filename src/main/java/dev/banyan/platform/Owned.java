package dev.banyan.platform;

/// Something that an account owns, such as a workspace or the account itself.
public interface Owned {

    Owner owner();

    /// Its id, as the audit log and mails name it.
    String idText();
}
