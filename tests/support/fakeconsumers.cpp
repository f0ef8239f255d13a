// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeconsumers.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QByteArray bytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject refusal(int status, int code, const char *description)
{
    return {{text("error"),
        QJsonObject{{text("code"), status}, {text("err_code"), code}, {text("description"), text(description)}}}};
}

} // namespace

FakeConsumers::FakeConsumers(FakeJetStream &server, QString stream, const QStringList &names)
    : m_server(server)
    , m_stream(std::move(stream))
{
    for (const QString &name : names)
        stand(name);
    m_server.stand(text("$JS.API.CONSUMER.LIST.") + m_stream, [this](const QJsonObject &) {
        QJsonArray all;
        for (const QJsonObject &info : std::as_const(m_infos))
            all.append(info);
        return bytes({{text("consumers"), all}, {text("total"), all.size()}, {text("limit"), 256}});
    });
}

void FakeConsumers::stand(const QString &name)
{
    const QString place = m_stream + QLatin1Char('.') + name;
    m_server.stand(text("$JS.API.CONSUMER.INFO.") + place, [this, name](const QJsonObject &) { return infoOf(name); });
    m_server.stand(text("$JS.API.CONSUMER.CREATE.") + place, [this, name](const QJsonObject &asked) {
        return change(text("create ") + name, [&] { return create(name, asked[text("config")].toObject()); });
    });
    m_server.stand(text("$JS.API.CONSUMER.DELETE.") + place, [this, name](const QJsonObject &) {
        return change(text("delete ") + name, [&] {
            return m_infos.remove(name) > 0 ? QJsonObject{{text("success"), true}}
                                            : refusal(404, 10014, "consumer not found");
        });
    });
}

void FakeConsumers::put(const QJsonObject &config)
{
    const QString name = config[text("durable_name")].toString();
    const QDateTime created = QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC).addSecs(++m_created);
    m_infos[name] = {
        {text("name"), name}, {text("config"), config}, {text("created"), created.toString(Qt::ISODateWithMs)}};
}

QJsonObject FakeConsumers::config(const QString &name) const
{
    return m_infos.value(name)[text("config")].toObject();
}

void FakeConsumers::tell(const QString &name, const QString &field, const QJsonValue &value)
{
    m_infos[name][field] = value;
}

QByteArray FakeConsumers::infoOf(const QString &name) const
{
    return bytes(m_infos.value(name, refusal(404, 10014, "consumer not found")));
}

QJsonObject FakeConsumers::create(const QString &name, const QJsonObject &asked)
{
    if (m_infos.contains(name))
        return refusal(400, 10148, "consumer already exists");
    put(m_made ? m_made(asked) : asked);
    return m_infos.value(name);
}

FakeConsumers::Answer FakeConsumers::change(const QString &what, const std::function<QJsonObject()> &carryOut)
{
    const int number = int(m_changes.size());
    m_changes.append(what);
    if (const auto before = m_before.value(number))
        before();
    const Error silence{Error::Kind::Timeout, text("NATS did not answer in time."), {}, {}, {}};
    const Fate fate = m_fates.value(number, Fate::Done);
    if (fate == Fate::Refused)
        return bytes(refusal(500, 10023, "insufficient resources"));
    if (fate == Fate::Lost)
        return fail(silence);
    const QByteArray answer = bytes(carryOut());
    if (fate == Fate::Silence)
        m_server.setSilent(true);
    return fate == Fate::Unanswered ? Answer(fail(silence)) : Answer(answer);
}
