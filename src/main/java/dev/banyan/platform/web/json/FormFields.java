package dev.banyan.platform.web.json;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/// The posted form, by field name: a `@BeanParam` for forms whose fields are listed elsewhere.
public class FormFields {

    /// Also makes the server read the form before the method is called.
    @FormParam("as")
    @DefaultValue("")
    String as = "";

    /// Returns the account that the page acts for.
    public String as() {
        return as;
    }

    /// Returns all values of a field, in the order of the page.
    public List<String> all(String name) {
        return CurrentRequestManager.get().getFormParameter(name, false, false) instanceof List<?> values
                ? values.stream()
                        .map(value -> NulInForms.checked(value.toString()))
                        .toList()
                : List.of();
    }

    /// Returns the first value of a field; empty if it was not sent.
    public Optional<String> find(String name) {
        return all(name).stream().findFirst();
    }

    /// Returns the first value of a field; an empty text if it was not sent.
    public String first(String name) {
        return find(name).orElse("");
    }
}
