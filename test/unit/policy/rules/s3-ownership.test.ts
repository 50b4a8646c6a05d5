import { s3Ownership } from "../../../../policy/rules/s3-ownership";
import { breaks } from "../../../support/policy/breaks/s3-ownership";
import { testBreaks } from "../../../support/policy/rule-tests";

testBreaks(s3Ownership, breaks);
