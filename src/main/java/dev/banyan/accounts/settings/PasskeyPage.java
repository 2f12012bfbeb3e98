package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The passkeys of a person. `open` is the form that was refused.
@CheckedTemplate(basePath = "accounts")
record PasskeyPage(
        PageFrame shell, List<Row> passkeys, boolean full, Open open, FieldErrors errors, Optional<FormProblem> problem)
        implements TemplateInstance {

    /// A form as it was sent: to add a passkey, or to rename or remove one.
    record Open(String act, String passkey, String name) {
        static final Open NOTHING = new Open("", "", "");

        public boolean adds() {
            return act.equals("add");
        }

        public boolean renames(String id) {
            return act.equals("rename") && passkey.equals(id);
        }

        public boolean removes(String id) {
            return act.equals("remove") && passkey.equals(id);
        }
    }

    /// `number` distinguishes the fields of a page.
    record Row(int number, String id, String name, TimeText added, Optional<TimeText> used) {}
}
