# The commands of the project. Each installs what it needs and says what it does.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# Whatever a sandbox command starts carries this mark, by which `make down` finds it.
SANDBOX := JUSTDB_SANDBOX=1 node_modules/.bin/tsx sandbox/cli.ts
TSX := node_modules/.bin/tsx
PYTHON_TOOLS := $(TSX) tools/python-tools.ts
ON_SANDBOX := JUSTDB_SANDBOX=1 $(TSX) test/on-sandbox.ts
INSTALLED := node_modules/.package-lock.json
PACK := policy/dist/index.js
STACK ?= prod

# The AWS SDK would warn of the version of Node at each start.
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED := true

.PHONY: help up down status preview policy doctor alerts images images-lock bundle token backup backups restore drill sight test test-unit test-typescript test-python test-stack test-faults lint format docs bench

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

$(INSTALLED): package.json policy/package.json sandbox/package.json package-lock.json
	@command -v npm >/dev/null || { echo "Node.js and npm are missing: install Node 20.19 or newer (https://nodejs.org), then run this again." >&2; exit 1; }
	@echo "Installing the npm packages" >&2
	@npm ci --no-fund --no-audit --loglevel=error >&2
	@touch $@

$(PACK): $(INSTALLED) policy/tsconfig.json $(wildcard policy/*.ts policy/lib/*.ts policy/lib/*/*.ts policy/rules/*.ts)
	@echo "Compiling the policy pack" >&2
	@node_modules/.bin/tsc -p policy

up: $(PACK) ## the whole stack on this machine, with no cloud account
	@$(SANDBOX) up

down: $(INSTALLED) ## take it all away; the cache stays
	@$(SANDBOX) down

status: $(INSTALLED) ## what runs
	@$(SANDBOX) status

preview: $(PACK) ## plan any stack against the sandbox, policies on: STACK=prod|dev|sandbox
	@$(SANDBOX) preview $(STACK)

policy: $(PACK) ## the policy pack over an exported state: STATE=export.json, for machines ARGS=--json
	@$(TSX) tools/policy.ts "$(STATE)" $(ARGS)

# Of stack sandbox it looks at the sandbox, of another one where kubectl and AWS's settings lead.
doctor: $(INSTALLED) ## is the cluster ready for a stack, is it well: STACK=prod|dev|sandbox, for machines ARGS=--json
	@$(if $(filter sandbox,$(STACK)),$(SANDBOX) doctor,$(TSX) tools/doctor.ts $(STACK)) $(ARGS)

alerts: $(INSTALLED) ## the alert rules of a stack as a rule file of Prometheus, where there is no operator of it: STACK=prod|dev|sandbox
	@$(TSX) tools/alerts.ts "$(STACK)"

# Without a stack, those of every option.
GIVEN_STACK := $(if $(filter command environment,$(origin STACK)),$(STACK))

images: $(INSTALLED) ## the images of every option, or of a stack: STACK=prod; the commands that mirror them: TO=registry.example.com/mirror
	@$(TSX) tools/images/index.ts list "$(GIVEN_STACK)" "$(TO)"

images-lock: $(INSTALLED) ## images.lock with digests, as the registries tell them, or that of a stack: STACK=prod
	@$(TSX) tools/images/index.ts lock "$(GIVEN_STACK)"

bundle: $(INSTALLED) ## logs, events and objects of a stack as one archive, with no secret in it: STACK=prod|...
	@$(if $(filter sandbox,$(STACK)),$(SANDBOX) bundle,$(TSX) tools/bundle/index.ts "$(STACK)")

token: $(INSTALLED) ## a Bearer token for the sandbox's app
	@$(SANDBOX) token

backup: $(INSTALLED) ## back up the sandbox's database and schemas
	@$(SANDBOX) backup

backups: $(INSTALLED) ## the backups that count
	@$(SANDBOX) backups

restore: $(INSTALLED) ## put a backup in the place of what is live: FROM=latest|<id>|<time>
	@$(SANDBOX) restore "$(FROM)"

drill: $(INSTALLED) ## try a restore of the newest backup, beside all that is live
	@$(SANDBOX) drill

sight: $(INSTALLED) ## Prometheus with the alerts, beside the sandbox's stack; says where it is and what to look at
	@$(SANDBOX) sight

# The sandbox starts while the unit tests run, whose report comes in one piece.
test: $(PACK) ## unit and stack tests, ten to twenty minutes
	@$(MAKE) --silent --jobs 2 --output-sync=target test-unit test-stack

# Each of these takes single files as well: make test-stack FILES=test/stack/drill.test.ts
test-unit: $(PACK) ## in seconds, with nothing running; one file: FILES=...
	@$(if $(FILES),node_modules/.bin/mocha $(FILES),MAKEFLAGS= $(MAKE) --silent --jobs 2 --output-sync test-python test-typescript)

test-typescript: $(PACK)
	@node_modules/.bin/mocha 'test/unit/**/*.test.ts' 'sandbox/test/**/*.test.ts'

test-python: $(INSTALLED) ## the unit tests in Python; ARGS="-k manifest" for some of them
	@$(PYTHON_TOOLS) pytest $(ARGS)

# The files of test/stack/ come by name; with ORDER=<number> in another order, for each number its own. Those beside the sandbox's stack come in
# two parts that take as long as each other. The + shows what it says while it runs.
FIRST_PART := (second-stack|takeover|quota|pod-security).test.ts
test-stack: $(PACK) ## the real engine and cluster; brings up what it needs; one file: FILES=...
	+@$(ON_SANDBOX) $(or $(FILES),--require tsx/cjs --require test/support/any-order.ts 'test/stack/*.test.ts' -- 'test/own-stack/@$(FIRST_PART)' -- 'test/own-stack/!$(FIRST_PART)')

# A list for each of three folders, side by side. In a list one file comes after the other, as those of stack/, and those of cluster/, must.
# Then the tests of alone/, and last those of make down, which take the sandbox away.
define ALL_FAULTS
'test/faults/stack/*.test.ts' -- 'test/faults/cluster/*.test.ts' -- 'test/faults/own-stack/*.test.ts' \
--last 'test/faults/alone/*.test.ts' test/faults/down.test.ts
endef

test-faults: $(PACK) ## what takes long, three to four hours: kills, faults, disasters, much data; one file: FILES=...
	@$(ON_SANDBOX) $(or $(FILES),$(ALL_FAULTS))

lint: $(INSTALLED) ## types, lint, format, chart, workflows, shell scripts, Python, alert rules
	@echo "  ▸ types, rules, format"
	@node_modules/.bin/tsc --noEmit -p tsconfig.all.json
	@node_modules/.bin/eslint .
	@node_modules/.bin/prettier --check --log-level warn .
	@$(PYTHON_TOOLS) ruff check --quiet --no-cache
	@$(PYTHON_TOOLS) ruff format --quiet --check --no-cache
	@$(TSX) tools/lint.ts

format: $(INSTALLED) ## put every file into the project's format
	@node_modules/.bin/prettier --write --log-level warn .
	@$(PYTHON_TOOLS) ruff format --quiet --no-cache

docs: $(INSTALLED) ## the pages and configuration keys that are made from the code
	@$(TSX) tools/docs/generate.ts

bench: $(PACK) ## what the program, the policy pack, backups and restores cost over plain ones, as ratios
	@JUSTDB_SANDBOX=1 $(TSX) bench/index.ts
