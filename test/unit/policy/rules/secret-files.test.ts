import { secretFiles } from "../../../../policy/rules/secret-files";
import { breaks } from "../../../support/policy/breaks/secret-files";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(secretFiles, breaks);
