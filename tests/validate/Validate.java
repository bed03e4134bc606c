import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Validates PDF files with veraPDF. validate.py runs it and reads its lines, parted by tabs: for
 * each rule that is broken "broken", standard, rule, how often, message, place of the first; then
 * for the file "done", file, number of checks.
 */
public class Validate {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] files) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        List<ValidationProfile> standards = List.of(read("PDFUA-1.xml"), read("PDFA-3A.xml"));
        for (String file : files) {
            validate(file, standards);
        }
    }

    private static void validate(String file, List<ValidationProfile> standards) {
        List<PDFAFlavour> names =
                standards.stream().map(ValidationProfile::getPDFAFlavour).collect(Collectors.toList());
        int checks = 0;
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), names.get(0));
                PDFAValidator validator =
                        ValidatorFactory.createValidator(standards, 1, false, true, false)) {
            parser.setFlavours(names);
            List<ValidationResult> results = validator.validateAll(parser);
            if (results.size() != standards.size()) {
                throw new IllegalStateException("a standard was left out");
            }
            for (ValidationResult result : results) {
                for (TestAssertion fault : result.getTestAssertions()) {
                    RuleId rule = fault.getRuleId();
                    print("broken", result.getPDFAFlavour(), rule.getClause() + "-" + rule.getTestNumber(),
                            result.getFailedChecks().get(rule), fault.getErrorMessage(),
                            fault.getLocation().getContext());
                }
                checks += result.getTotalAssertions();
            }
        } catch (Exception error) {
            print("broken", "PDF", "file", 1, "veraPDF failed: " + error.getMessage(), "the file");
        }
        print("done", file, checks);
    }

    private static void print(Object... fields) {
        OUT.println(Stream.of(fields)
                .map(field -> String.valueOf(field).replaceAll("\\s+", " "))
                .collect(Collectors.joining("\t")));
    }

    /** Reads a profile of the jar; veraPDF's own reader needs JAXB, which the jar is stripped of. */
    private static ValidationProfile read(String name) throws Exception {
        InputStream xml = Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name);
        Element root =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml).getDocumentElement();
        Set<Rule> rules = new HashSet<>();
        for (Element rule : all(root, "rule")) {
            Element id = all(rule, "id").get(0);
            List<ErrorArgument> arguments = new ArrayList<>();
            for (Element argument : all(rule, "argument")) {
                String alias = argument.hasAttribute("name") ? argument.getAttribute("name") : null;
                arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), alias, null));
            }
            rules.add(Profiles.ruleFromValues(
                    Profiles.ruleIdFromValues(
                            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                            id.getAttribute("clause"),
                            Integer.parseInt(id.getAttribute("testNumber"))),
                    rule.getAttribute("object"),
                    rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                    rule.getAttribute("tags"),
                    text(rule, "description"),
                    text(rule, "test"),
                    Profiles.errorFromValues(text(rule, "message"), arguments),
                    List.of()));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : all(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                    variable.getAttribute("name"),
                    variable.getAttribute("object"),
                    text(variable, "defaultValue"),
                    text(variable, "value")));
        }
        if (rules.size() < 100) {
            throw new IllegalStateException("no rules were found in " + name);
        }
        return Profiles.profileFromValues(
                PDFAFlavour.valueOf(root.getAttribute("flavour")),
                Profiles.profileDetailsFromValues(name, name, name, new java.util.Date(0)),
                "", rules, variables);
    }

    private static List<Element> all(Element above, String tag) {
        NodeList found = above.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String text(Element above, String tag) {
        return all(above, tag).get(0).getTextContent();
    }
}
