{{- /* The major version of an image, by which its tag starts. */ -}}
{{- define "major" -}}
{{- regexReplaceAll "^.*:([0-9]+)[^:/]*$" (regexReplaceAll "@.*$" . "") "${1}" -}}
{{- end -}}

{{- /*
The name of the server in the archive, and what it was before a major upgrade, as JSON. After such an upgrade PostgreSQL counts its
timelines from 1 again, and would write over what it archived before: so another name comes with the image, in one update, and stays. An
upgrade that failed and was taken back takes back the name.
*/ -}}
{{- define "archive.server" -}}
{{- $live := dict -}}
{{- if .Capabilities.APIVersions.Has "postgresql.cnpg.io/v1/Cluster" -}}
{{- $found := lookup "postgresql.cnpg.io/v1" "Cluster" .Release.Namespace .Release.Name | default dict -}}
{{- if eq .Values.stack (dig "metadata" "annotations" "justdb-cloud/owner" .Values.stack $found) -}}{{- $live = $found -}}{{- end -}}
{{- end -}}
{{- $name := .Release.Name -}}
{{- range dig "spec" "plugins" list $live -}}
{{- if eq .name "barman-cloud.cloudnative-pg.io" -}}{{- $name = .parameters.serverName -}}{{- end -}}
{{- end -}}
{{- $before := dig "metadata" "annotations" "justdb-cloud/archive-server-before" "" $live -}}
{{- $data := dig "status" "pgDataImageInfo" "majorVersion" 0 $live | int -}}
{{- if $data -}}
{{- $asked := include "major" $live.spec.imageName | int -}}
{{- $wanted := include "major" .Values.image | int -}}
{{- if gt $wanted $data -}}
{{- if eq $asked $data -}}{{- $before = $name -}}{{- end -}}
{{- $name = printf "%s-pg%d" .Release.Name $wanted -}}
{{- else if and (gt $asked $data) $before -}}
{{- $name = $before -}}
{{- end -}}
{{- end -}}
{{- dict "name" $name "before" $before | toJson -}}
{{- end -}}
