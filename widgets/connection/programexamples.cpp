// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/programexamples.h"

#include "services/domain/account.h"

#include <QUrl>

namespace {

/// A string literal of JavaScript, Go, Python, C and YAML.
QString quoted(QString value)
{
    value.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + value + QLatin1Char('"');
}

/// Without the last line end, behind which an editor shows one more line.
QString plain(const char *code)
{
    return QString::fromLatin1(code).chopped(1);
}

/// The template with its two places filled: @SERVER@ and @USER@.
QString filled(const char *code, const ConnectionDetails &details)
{
    return plain(code)
        .replace(QLatin1String("@SERVER@"), quoted(serverUrl(details)))
        .replace(QLatin1String("@USER@"), quoted(details.username));
}

constexpr auto nodeJsCode = R"code(import { connect } from "nats";

const nc = await connect({
  servers: process.env.NATS_URL ?? @SERVER@,
  user: @USER@,
  pass: process.env.NATS_PASSWORD,
});
nc.publish("orders.new", "hello");
await nc.drain();
)code";

constexpr auto goCode = R"code(package main

import (
	"log"
	"os"

	"github.com/nats-io/nats.go"
)

func main() {
	url := os.Getenv("NATS_URL")
	if url == "" {
		url = @SERVER@
	}
	nc, err := nats.Connect(url, nats.UserInfo(@USER@, os.Getenv("NATS_PASSWORD")))
	if err != nil {
		log.Fatal(err)
	}
	defer nc.Close()
	if err := nc.Publish("orders.new", []byte("hello")); err != nil {
		log.Fatal(err)
	}
	if err := nc.Flush(); err != nil {
		log.Fatal(err)
	}
}
)code";

constexpr auto pythonCode = R"code(import asyncio
import os

import nats


async def main():
    nc = await nats.connect(
        os.environ.get("NATS_URL", @SERVER@),
        user=@USER@,
        password=os.environ["NATS_PASSWORD"],
    )
    await nc.publish("orders.new", b"hello")
    await nc.drain()


asyncio.run(main())
)code";

constexpr auto cCode = R"code(#include <nats/nats.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    const char *url = getenv("NATS_URL");
    natsOptions *options = NULL;
    natsConnection *nc = NULL;

    natsStatus s = natsOptions_Create(&options);
    if (s == NATS_OK)
        s = natsOptions_SetURL(options, url ? url : @SERVER@);
    if (s == NATS_OK)
        s = natsOptions_SetUserInfo(options, @USER@, getenv("NATS_PASSWORD"));
    if (s == NATS_OK)
        s = natsConnection_Connect(&nc, options);
    if (s == NATS_OK)
        s = natsConnection_PublishString(nc, "orders.new", "hello");
    if (s == NATS_OK)
        s = natsConnection_Flush(nc);
    if (s != NATS_OK)
        fprintf(stderr, "%s\n", natsStatus_GetText(s));
    natsConnection_Destroy(nc);
    natsOptions_Destroy(options);
    nats_Close();
    return s == NATS_OK ? 0 : 1;
}
)code";

constexpr auto pageCode = R"code(<!doctype html>
<meta charset="utf-8">
<title>NATS</title>
<form>
  <input type="password" placeholder="NATS password" autocomplete="off">
  <button>Publish</button>
  <output></output>
</form>
<script type="module">
  import { connect } from "./node_modules/nats.ws/esm/nats.js";

  const form = document.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const output = form.querySelector("output");
    try {
      const nc = await connect({
        servers: @SERVER@,
        user: @USER@,
        pass: form.querySelector("input").value,
      });
      nc.publish("orders.new", "hello");
      await nc.drain();
      output.value = "sent";
    } catch (error) {
      output.value = error.message;
    }
  });
</script>
)code";

// "nats-box" is the NATS project's image with the CLI, which reads these variables.
constexpr auto deploymentCode = R"code(apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders-publisher
  namespace: @NAMESPACE@
spec:
  selector:
    matchLabels: { app: orders-publisher }
  template:
    metadata:
      labels: { app: orders-publisher }
    spec:
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 65534
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: publisher
          image: docker.io/natsio/nats-box:0.18.0
          command: [sh, -c]
          args:
            - |
              binding="$SERVICE_BINDING_ROOT/nats"
              export NATS_URL="nats://$(cat "$binding/host"):$(cat "$binding/port")"
              export NATS_USER="$(cat "$binding/username")"
              export NATS_PASSWORD="$(cat "$binding/password")"
              while nats pub orders.new hello; do sleep 30; done
          env:
            - { name: SERVICE_BINDING_ROOT, value: /bindings }
            - { name: HOME, value: /tmp }
          securityContext:
            allowPrivilegeEscalation: false
            capabilities: { drop: [ALL] }
          volumeMounts:
            - { name: nats, mountPath: /bindings/nats, readOnly: true }
      volumes:
        - name: nats
          secret: { secretName: @SECRET@ }
)code";

} // namespace

QString serverUrl(const ConnectionDetails &details)
{
    return QStringLiteral("nats://%1:%2").arg(details.host).arg(details.port);
}

QString ProgramExamples::nodeJs(const ConnectionDetails &details)
{
    return filled(nodeJsCode, details);
}

QString ProgramExamples::go(const ConnectionDetails &details)
{
    return filled(goCode, details);
}

QString ProgramExamples::python(const ConnectionDetails &details)
{
    return filled(pythonCode, details);
}

QString ProgramExamples::c(const ConnectionDetails &details)
{
    return filled(cCode, details);
}

QString ProgramExamples::browserPage(const ConnectionDetails &details)
{
    const QString server = QStringLiteral("ws://localhost:%1").arg(QUrl(details.webSocketUrl).port());
    // no user may end the script
    const QString user = quoted(details.username).replace(QLatin1String("</"), QLatin1String("<\\/"));
    return plain(pageCode).replace(QLatin1String("@SERVER@"), quoted(server)).replace(QLatin1String("@USER@"), user);
}

QString ProgramExamples::deployment(const ConnectionDetails &details)
{
    return plain(deploymentCode)
        .replace(QLatin1String("@NAMESPACE@"), quoted(details.nameSpace))
        .replace(QLatin1String("@SECRET@"), quoted(details.secretName));
}
