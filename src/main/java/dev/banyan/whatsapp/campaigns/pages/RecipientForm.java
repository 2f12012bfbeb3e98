package dev.banyan.whatsapp.campaigns.pages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.whatsapp.campaigns.CampaignLists;
import dev.banyan.whatsapp.campaigns.CampaignLists.Added;
import dev.banyan.whatsapp.campaigns.NewRecipient;
import dev.banyan.whatsapp.campaigns.RecipientCsv;
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
        Optional<byte[]> sent = file.filter(upload -> upload.size() > 0).map(RecipientForm::bytes);
        if (sent.isEmpty() && csv.isBlank()) {
            return tag.isBlank() ? new Read.None() : new Read.Tag(tag);
        }
        byte[] list = sent.orElseGet(() -> csv.getBytes(StandardCharsets.UTF_8));
        return RecipientCsv.read(list, CampaignLists.MOST).fold(Read.Rows::new, Read.Broken::new);
    }

    private static byte[] bytes(FileUpload file) {
        try {
            return Files.readAllBytes(file.uploadedFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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
