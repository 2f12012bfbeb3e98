package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.UploadedFile;
import dev.banyan.whatsapp.campaigns.CampaignLists.Added;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/// Recipients as forms send them: an uploaded file, pasted rows, or a tag.
final class RecipientForm {

    sealed interface Read {

        record Rows(List<NewRecipient> rows) implements Read {}

        record Tag(String tag) implements Read {}

        record None() implements Read {}

        record Broken(Refusal refusal) implements Read {}
    }

    private RecipientForm() {}

    static Read read(Optional<FileUpload> file, String csv, String tag) {
        byte[] sent = file.map(upload -> UploadedFile.bytes(upload, RecipientCsv.LARGEST))
                .orElse(new byte[0]);
        if (sent.length == 0 && csv.isBlank()) {
            return tag.isBlank() ? new Read.None() : new Read.Tag(tag);
        }
        byte[] list = sent.length == 0 ? csv.getBytes(StandardCharsets.UTF_8) : sent;
        return RecipientCsv.read(list, CampaignLists.MOST).fold(Read.Rows::new, Read.Broken::new);
    }

    static Outcome<Added> add(CampaignLists lists, AccountId tenant, UUID campaign, Read list) {
        return switch (list) {
            case Read.Rows(List<NewRecipient> rows) -> lists.add(tenant, campaign, rows);
            case Read.Tag(String tag) -> lists.addTagged(tenant, campaign, Optional.empty(), tag);
            case Read.None _ -> Outcome.rejected(new Invalid("csv", "Choose a file, paste rows or enter a tag."));
            case Read.Broken(Refusal refusal) -> Outcome.refused(refusal);
        };
    }
}
