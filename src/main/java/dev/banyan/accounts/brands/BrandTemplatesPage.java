package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The saved templates of an agency.
@CheckedTemplate(basePath = "accounts")
record BrandTemplatesPage(PageFrame shell, List<Row> rows) implements TemplateInstance {

    /// @param parts what it has, as displayed
    /// @param typed what the field for its name holds
    record Row(String id, String name, String parts, String source, TimeText created, String typed, String error) {}
}
