package dev.banyan.platform.web.request;

import module java.base;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.jboss.resteasy.reactive.server.multipart.FormValue;

/// The account that a form was drawn for: its hidden field `as`. Methods that take no other field of the form are
/// `@WithFormRead`, so that it is there when their request is made.
public final class FormAccount {

    private FormAccount() {}

    /// Returns its username; empty without a form.
    public static String named() {
        FormData form = CurrentRequestManager.get().getFormData();
        return Optional.ofNullable(form)
                .map(fields -> fields.getFirst("as"))
                .filter(field -> !field.isFileItem())
                .map(FormValue::getValue)
                .orElse("");
    }
}
