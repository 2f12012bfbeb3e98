package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.SubAccountField;
import dev.banyan.accounts.SubAccountFields;
import jakarta.ws.rs.FormParam;

/// What the form that changes a sub-account sends.
class SubAccountForm {

    /// Absent where only details are changed.
    @FormParam("username")
    Optional<String> username = Optional.empty();

    /// The other username whose meaning was shown.
    @FormParam("confirmedUsername")
    String confirmedUsername = "";

    @FormParam("displayName")
    String displayName = "";

    @FormParam("email")
    String email = "";

    @FormParam("bio")
    String bio = "";

    @FormParam("internalLabel")
    String internalLabel = "";

    @FormParam("notes")
    String notes = "";

    @FormParam("type")
    String type = "";

    @FormParam("notices")
    String notices = "";

    @FormParam("showManagedBy")
    String showManagedBy = "";

    /// Absent in forms without it.
    @FormParam("language")
    Optional<String> language = Optional.empty();

    boolean isRenamed(Account account) {
        return username.map(Names::lower)
                .filter(name -> !name.equals(account.username()))
                .isPresent();
    }

    boolean isConfirmed() {
        return username.map(Names::lower).filter(confirmedUsername::equals).isPresent();
    }

    SubAccountFields fields() {
        return SubAccountFields.NONE
                .with(SubAccountField.DISPLAY_NAME, displayName)
                .with(SubAccountField.EMAIL, email)
                .with(SubAccountField.BIO, bio)
                .with(SubAccountField.INTERNAL_LABEL, internalLabel)
                .with(SubAccountField.NOTES, notes)
                .with(SubAccountField.TYPE, type)
                .with(SubAccountField.NOTIFY, notices)
                .with(SubAccountField.LANGUAGE, language)
                .with(SubAccountField.SHOW_MANAGED_BY, String.valueOf(showManagedBy.equals("true")));
    }
}
