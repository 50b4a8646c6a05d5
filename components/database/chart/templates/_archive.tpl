{{- /* The major version of an image, by which its tag starts. */ -}}
{{- define "major" -}}
{{- regexReplaceAll "^.*:([0-9]+)[^:/]*$" (regexReplaceAll "@.*$" . "") "${1}" -}}
{{- end -}}

{{- /* The Cluster as it is, if it is there and this stack's. As JSON. */ -}}
{{- define "live" -}}
{{- $live := dict -}}
{{- if .Capabilities.APIVersions.Has "postgresql.cnpg.io/v1/Cluster" -}}
{{- $found := lookup "postgresql.cnpg.io/v1" "Cluster" .Release.Namespace .Release.Name | default dict -}}
{{- if eq .Values.stack (dig "metadata" "annotations" "justdb-cloud/owner" .Values.stack $found) -}}{{- $live = $found -}}{{- end -}}
{{- end -}}
{{- $live | toJson -}}
{{- end -}}

{{- /*
How the primary gets what needs another pod. From keys to a role it starts anew in its place: a primary that hands over must archive all
that it has before it may follow, and its pod has no role yet.
*/ -}}
{{- define "archive.updateMethod" -}}
{{- $live := include "live" . | fromJson -}}
{{- if and .Values.roleToken (dig "spec" "plugins" list $live) (not (dig "spec" "projectedVolumeTemplate" dict $live)) -}}
restart
{{- else -}}
switchover
{{- end -}}
{{- end -}}

{{- /*
The name of the server in the archive, and what it was before a major upgrade, as JSON. After such an upgrade PostgreSQL counts its
timelines from 1 again, and would write over what it archived before: so another name comes with the image, in one update, and stays. An
upgrade that failed and was taken back takes back the name.
*/ -}}
{{- define "archive.server" -}}
{{- $live := include "live" . | fromJson -}}
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
