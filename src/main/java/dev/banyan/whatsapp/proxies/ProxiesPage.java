package dev.banyan.whatsapp.proxies;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.proxies.Proxies.Used;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The proxies of an account, and the form for another one.
@CheckedTemplate(basePath = "whatsapp")
record ProxiesPage(PageFrame shell, List<Row> proxies, ProxyForm form, FieldErrors errors) implements TemplateInstance {

    /// @param use such as “2 of 5 numbers”
    record Row(String id, String name, String address, String use, boolean full, boolean enabled) {

        static Row of(Used used) {
            return new Row(
                    used.proxy().id().toString(),
                    used.proxy().name(),
                    used.proxy().shown(),
                    used.text(),
                    !used.hasRoom(),
                    used.proxy().enabled());
        }
    }
}
