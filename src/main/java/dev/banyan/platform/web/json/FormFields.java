package dev.banyan.platform.web.json;

import module java.base;
import jakarta.ws.rs.FormParam;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.jboss.resteasy.reactive.server.multipart.FileItem;
import org.jboss.resteasy.reactive.server.multipart.FormValue;

/// The posted form, by field name: a `@BeanParam` for forms whose fields are listed elsewhere.
public class FormFields {

    /// Also makes the server read the form before the method is called.
    @FormParam("as")
    String as = "";

    /// Returns the account that the page acts for.
    public String as() {
        return as;
    }

    /// Returns all values of a field, in the order of the page.
    public List<String> all(String name) {
        // Not getFormParameter: it leaves out empty values, which clear a field.
        FormData form = CurrentRequestManager.get().getFormData();
        return form == null || form.get(name) == null
                ? List.of()
                : form.get(name).stream()
                        .filter(value -> !value.isFileItem())
                        .map(FormValue::getValue)
                        .toList();
    }

    /// Returns the bytes of a chosen file, or as many of them as `most`; empty if none was chosen.
    public Optional<byte[]> file(String name, int most) {
        FormData form = CurrentRequestManager.get().getFormData();
        if (form == null || form.get(name) == null) {
            return Optional.empty();
        }
        return form.get(name).stream()
                .filter(FormValue::isFileItem)
                .map(value -> bytes(value.getFileItem(), most))
                .filter(bytes -> bytes.length > 0)
                .findFirst();
    }

    private static byte[] bytes(FileItem file, int most) {
        try (var content = file.getInputStream()) {
            return content.readNBytes(most);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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
