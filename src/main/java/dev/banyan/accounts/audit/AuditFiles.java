package dev.banyan.accounts.audit;

import module java.base;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.audit.AuditFilter;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.page.ErrorPages;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/// Sends the audit log as a file.
@Exempt(from = "onlyResourcesSpeakHttp", because = "streams the audit for two resources")
@Singleton
public record AuditFiles(AuditPages pages, ErrorPages errorPages, Clock clock) {

    public Response answer(Call call, AuditPages.Reader reader, AuditQuery query) {
        List<String> mistakes = query.mistakes();
        if (!mistakes.isEmpty()) {
            return errorPages.answer(call, 400, "Check the filters", String.join(" ", mistakes));
        }
        AuditFilter filter = pages.filter(reader, query);
        StreamingOutput rows = out -> AuditCsv.write(pages, reader, filter, out);
        return FileAnswers.csv("audit-" + LocalDate.now(clock), rows);
    }
}
