package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.campaigns.CampaignCheck.Forecast;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// One campaign: its progress and its results, or, while it is a draft, what it would do. `state` is the state that
/// the list of results is limited to; `first` and `next` are the addresses of other pages of that list.
@CheckedTemplate(basePath = "whatsapp")
record CampaignPage(
        PageFrame shell,
        CampaignView campaign,
        String here,
        Optional<CampaignTrial.Preview> preview,
        Optional<Check> check,
        Form form,
        FieldErrors errors,
        List<Row> rows,
        String state,
        List<Choice> states,
        Optional<String> first,
        Optional<String> next)
        implements TemplateInstance {

    /// The typed values.
    record Form(String csv, String tag, String to) {

        static final Form EMPTY = new Form("", "", "");
    }

    /// A recipient as people see it.
    record Row(
            String phone,
            String name,
            String state,
            String tone,
            String reason,
            boolean isFirst,
            Optional<String> sender,
            String time) {

        static Row of(Recipient one, ZoneId zone) {
            return new Row(
                    one.contact().map(ContactAddress::shown).orElse(one.typed()),
                    one.name(),
                    CampaignView.label(one.state()),
                    CampaignView.tone(one.state()),
                    one.reason().orElse(""),
                    one.isFirst(),
                    one.sender().map(SenderId::value),
                    Words.moment(one.changedAt(), zone));
        }
    }

    /// What the campaign would do.
    record Check(List<Fact> facts, List<String> warnings) {

        record Fact(String label, String value) {}

        static Check of(Forecast forecast, ZoneId zone) {
            String costs = forecast.costs().entrySet().stream()
                    .map(cost -> Words.grouped(cost.getValue()) + " " + cost.getKey())
                    .sorted()
                    .reduce((one, other) -> one + ", " + other)
                    .orElse("None");
            return new Check(
                    List.of(
                            new Fact("Messages", Words.grouped(forecast.messages())),
                            new Fact("Charged as", costs),
                            new Fact("New contacts", Words.grouped(forecast.firstContacts())),
                            new Fact("Duplicates", Words.grouped(forecast.duplicates())),
                            new Fact("Invalid numbers", Words.grouped(forecast.invalid())),
                            new Fact("Opted out", Words.grouped(forecast.optedOut())),
                            new Fact("Starts", Words.moment(forecast.startsAt(), zone)),
                            new Fact(
                                    "Ends about",
                                    forecast.endsAt()
                                            .map(time -> Words.moment(time, zone))
                                            .orElse("Not known"))),
                    forecast.warnings());
        }
    }
}
