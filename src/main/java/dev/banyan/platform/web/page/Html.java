package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.Markup;
import dev.banyan.platform.web.Call;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.Response;

/// HTML answers.
public final class Html {

    private static final String TYPE = "text/html; charset=utf-8";

    private Html() {}

    public static Response ok(TemplateInstance page) {
        return answer(200, page);
    }

    /// Shows the form again, with what was typed and the errors.
    public static Response invalid(TemplateInstance page) {
        return answer(422, page);
    }

    public static Response answer(int status, TemplateInstance page) {
        return Response.status(status)
                .type(TYPE)
                .header("Cache-Control", "no-store")
                .header("Vary", "HX-Request")
                .entity(page.render())
                .build();
    }

    /// Shows the form again after too many tries.
    public static Response tooMany(Duration wait, TemplateInstance page) {
        return retryAfter(wait, answer(429, page));
    }

    /// Adds to a refusal when to try again.
    public static Response retryAfter(Duration wait, Response refusal) {
        return Response.fromResponse(refusal)
                .header("Retry-After", Math.max(1, wait.toSeconds()))
                .build();
    }

    /// Redirects to `path` after a form, so that "reload" repeats nothing.
    public static Response seeOther(String path) {
        return Response.status(Response.Status.SEE_OTHER)
                .header("Location", URI.create(path).toASCIIString())
                .build();
    }

    /// Does the same for a form that htmx sent from a dialog: the whole page changes.
    public static Response seeOther(Call call, String path) {
        return call.isHtmx() ? Response.noContent().header("HX-Redirect", path).build() : seeOther(path);
    }

    /// Puts values into a text of our own, such as "Delete “<bdi>{}</bdi>”?". Values are escaped unless they came from
    /// here, so `template` must be a constant.
    public static RawString text(String template, Object... values) {
        var text = new StringBuilder();
        int from = 0;
        for (Object value : values) {
            int gap = template.indexOf("{}", from);
            text.append(template, from, gap)
                    .append(value instanceof RawString raw ? raw : Markup.escaped(value.toString()));
            from = gap + 2;
        }
        return new RawString(text.append(template, from, template.length()).toString());
    }
}
