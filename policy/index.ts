// All rules, as the engine starts them: `pulumi preview --policy-pack policy`.
import { serve } from "./pack";

serve("all");
