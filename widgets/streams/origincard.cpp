// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/origincard.h"

#include "services/domain/assetfields.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/fieldrow.h"
#include "widgets/common/fold.h"
#include "widgets/common/icons.h"
#include "widgets/common/numbertext.h"
#include "widgets/common/painting.h"
#include "widgets/common/pairrows.h"
#include "widgets/common/plaintooltip.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/suggestions.h"
#include "widgets/common/typinglimit.h"
#include "widgets/common/wrappinglabel.h"

#include <QBoxLayout>
#include <QDateTimeEdit>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <limits>

namespace {

constexpr int longestDate = 40;
constexpr int leastFieldWidth = 150;

QString startSequence()
{
    return QStringLiteral("opt_start_seq");
}

QString startTime()
{
    return QStringLiteral("opt_start_time");
}

QDateTime timeIn(const QJsonObject &origin)
{
    return QDateTime::fromString(origin.value(startTime()).toString(), Qt::ISODateWithMs).toLocalTime();
}

PairRows::Pairs transformsIn(const QJsonObject &origin)
{
    PairRows::Pairs pairs;
    for (const QJsonValue &value : origin.value(QLatin1String("subject_transforms")).toArray()) {
        const QJsonObject transform = value.toObject();
        pairs.append(
            {transform.value(QLatin1String("src")).toString(), transform.value(QLatin1String("dest")).toString()});
    }
    return pairs;
}

QJsonObject withText(const QJsonObject &origin, const QStringList &path, const QLineEdit *edit)
{
    const QString entered = edit->text().trimmed();
    if (entered == valueAt(origin, path).toString())
        return origin;
    return withValueAt(origin, path, entered.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(entered));
}

/// A row that is another keeps what else it had.
QJsonObject withTransforms(QJsonObject origin, const PairRows::Pairs &pairs)
{
    const PairRows::Pairs before = transformsIn(origin);
    if (pairs == before)
        return origin;
    const QString field = QStringLiteral("subject_transforms");
    const QJsonArray rows = origin.value(field).toArray();
    QJsonArray transforms;
    for (qsizetype at = 0; at < pairs.size(); ++at) {
        const qsizetype same = before.indexOf(pairs[at]);
        QJsonObject row = rows.at(same < 0 && before.size() == pairs.size() ? at : same).toObject();
        row.insert(QStringLiteral("src"), pairs[at].first);
        row.insert(QStringLiteral("dest"), pairs[at].second.trimmed());
        transforms.append(row);
    }
    const QJsonValue value = transforms.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(transforms);
    return withValueAt(origin, {field}, value);
}

QStringList apiPath(const char *prefix)
{
    return {QStringLiteral("external"), QLatin1String(prefix)};
}

/// Fields that none of the controls stands for.
QStringList unknownIn(const QJsonObject &origin)
{
    static const QStringList known{QStringLiteral("name"), QStringLiteral("filter_subject"), startSequence(),
        startTime(), QStringLiteral("subject_transforms"), QStringLiteral("external")};
    QStringList unknown = origin.keys();
    unknown.removeIf([](const QString &key) { return known.contains(key); });
    return unknown;
}

} // namespace

OriginCard::OriginCard(const QString &stem, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_remove(new QToolButton(this))
    , m_more(new Fold(tr("Start, transforms and API"), this))
{
    makeControls(stem);
    layOut();
    connect(m_remove, &QToolButton::clicked, this, &OriginCard::removeRequested);
    for (QLineEdit *edit : {m_stream, m_filter, m_sequence, m_api, m_deliver})
        connect(edit, &QLineEdit::textChanged, this, &OriginCard::noteEdited);
    connect(m_begin, &SegmentedChoice::currentChanged, this, &OriginCard::renewBeginning);
    connect(m_begin, &SegmentedChoice::currentChanged, this, &OriginCard::noteEdited);
    connect(m_time, &QDateTimeEdit::dateTimeChanged, this, &OriginCard::noteEdited);
    connect(m_transforms, &PairRows::edited, this, &OriginCard::noteEdited);
    renewBeginning();
}

void OriginCard::makeControls(const QString &stem)
{
    const auto addEdit = [this, &stem](const char *name, const QString &placeholder) {
        auto *edit = new QLineEdit(this);
        edit->setObjectName(stem + QLatin1String(name));
        edit->setPlaceholderText(placeholder);
        limitTyping(edit);
        return edit;
    };
    m_stream = addEdit("NameEdit", QStringLiteral("ORDERS"));
    m_suggestions = new Suggestions(m_stream);
    m_filter = addEdit("FilterEdit", tr("All of its messages"));
    m_sequence = addEdit("SequenceEdit", QStringLiteral("1"));
    m_api = addEdit("ApiEdit", QStringLiteral("$JS.hub.API"));
    m_deliver = addEdit("DeliverEdit", QStringLiteral("deliver.hub"));
    for (QLineEdit *edit : {m_filter, m_api, m_deliver})
        edit->setFont(Look::fixedFont());
    m_begin = new SegmentedChoice(this);
    m_begin->setObjectName(stem + QStringLiteral("BeginChoice"));
    m_begin->addChoice(tr("First message"), QString());
    m_begin->addChoice(tr("Sequence"), startSequence());
    m_begin->addChoice(tr("Time"), startTime());
    m_begin->setCurrentIndex(0);
    m_time = new QDateTimeEdit(this);
    m_time->setObjectName(stem + QStringLiteral("TimeEdit"));
    m_time->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_time->setCalendarPopup(true);
    limitTyping(m_time->findChild<QLineEdit *>(), longestDate);
    m_transforms = new PairRows({tr("Subjects"), tr("Become"), tr("Add a transform"), tr("Remove the transform"),
                                    stem + QStringLiteral("Transform")},
        this);
    m_transforms->setFixedFont(true);
    m_remove->setObjectName(stem + QStringLiteral("RemoveButton"));
    m_more->heading()->setObjectName(stem + QStringLiteral("MoreButton"));
}

void OriginCard::layOut()
{
    m_title->setFont(Look::nameFont());
    m_remove->setIcon(Icons::icon(Icons::Name::Cross));
    m_remove->setAutoRaise(true);
    m_remove->setFocusPolicy(Qt::StrongFocus);
    m_remove->setFixedSize(Look::controlHeight, Look::controlHeight);
    auto *heading = new QHBoxLayout;
    heading->addWidget(m_title, 1);
    heading->addWidget(m_remove);
    m_kept = new WrappingLabel(this);
    setTextRole(m_kept, Look::SoftText);
    m_kept->hide();
    m_sequenceField = new Field(tr("First sequence taken"), m_sequence, this);
    m_timeField = new Field(tr("First time taken (local time)"), m_time, this);
    auto *transforms = new Field(tr("Transforms, in place of a filter"), m_transforms, this);
    transforms->setHint(tr("orders.* becomes eu.$1, where $1 is the first *."));
    auto *api = new Field(tr("API prefix"), m_api, this);
    api->setHint(tr("Of a stream in another account or domain."));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::spaceS);
    layout->addLayout(heading);
    auto *which = new FieldRow(leastFieldWidth, this);
    which->addField(new Field(tr("Stream"), m_stream), false);
    which->addField(new Field(tr("Filter subject"), m_filter), false);
    layout->addWidget(which);
    m_missing = new WrappingLabel(this);
    setTextRole(m_missing, Look::Warning);
    m_missing->hide();
    layout->addWidget(m_missing);
    layout->addWidget(m_more);
    m_more->heading()->setFont(Look::bodyFont());
    m_more->body()->addWidget(new Field(tr("Begins with"), m_begin, this));
    m_more->body()->addWidget(m_sequenceField);
    m_more->body()->addWidget(m_timeField);
    m_more->body()->addWidget(transforms);
    m_more->body()->addWidget(api);
    m_more->body()->addWidget(new Field(tr("Delivery prefix"), m_deliver, this));
    layout->addWidget(m_kept);
}

void OriginCard::setTitle(const QString &title)
{
    m_title->setText(title);
    const QString removal = tr("Remove %1").arg(title);
    m_remove->setToolTip(plainToolTip(removal));
    m_remove->setAccessibleName(removal);
}

void OriginCard::setOrigin(const QJsonObject &origin)
{
    m_origin = origin;
    {
        const QSignalBlocker quiet(this);
        m_stream->setText(origin.value(QLatin1String("name")).toString());
        m_filter->setText(origin.value(QLatin1String("filter_subject")).toString());
        m_begin->setCurrentData(beginning());
        m_sequence->setText(
            origin.contains(startSequence()) ? QString::number(origin.value(startSequence()).toInteger()) : QString());
        m_time->setDateTime(origin.contains(startTime()) ? timeIn(origin) : QDateTime::currentDateTime());
        m_shownTime = m_time->dateTime();
        m_transforms->setPairs(transformsIn(origin));
        m_api->setText(valueAt(origin, apiPath("api")).toString());
        m_deliver->setText(valueAt(origin, apiPath("deliver")).toString());
        for (QLineEdit *edit : {m_stream, m_filter, m_api, m_deliver})
            edit->setCursorPosition(0);
    }
    const QStringList unknown = unknownIn(origin);
    m_kept->setText(tr("Kept as it is: %1").arg(unknown.join(QStringLiteral(", "))));
    m_kept->setVisible(!unknown.isEmpty());
    noteMissing();
    renewSummary();
    Q_EMIT edited();
}

QString OriginCard::beginning() const
{
    for (const QString &kind : {startSequence(), startTime()}) {
        if (m_origin.contains(kind))
            return kind;
    }
    return {};
}

QJsonObject OriginCard::origin() const
{
    QJsonObject origin = withText(m_origin, {QStringLiteral("name")}, m_stream);
    origin = withText(origin, {QStringLiteral("filter_subject")}, m_filter);
    origin = withTransforms(withBeginning(origin), m_transforms->pairs());
    origin = withText(origin, apiPath("api"), m_api);
    return withText(origin, apiPath("deliver"), m_deliver);
}

/// A time is shown in whole seconds, so what nobody has edited stays as it came.
QJsonObject OriginCard::withBeginning(QJsonObject origin) const
{
    const QString kind = m_begin->currentData().toString();
    for (const QString &other : {startSequence(), startTime()}) {
        if (other != kind)
            origin.remove(other);
    }
    if (kind == startSequence() && sequence())
        origin.insert(kind, *sequence());
    const bool isOther = !origin.contains(startTime()) || m_time->dateTime() != m_shownTime;
    if (kind == startTime() && isOther)
        origin.insert(kind, m_time->dateTime().toUTC().toString(Qt::ISODate));
    return origin;
}

std::optional<qint64> OriginCard::sequence() const
{
    return readNumber(m_sequence->text(), std::numeric_limits<qint64>::max(), false).value;
}

QString OriginCard::problem() const
{
    const bool isWanted = m_begin->currentData().toString() == startSequence();
    return isWanted && sequence().value_or(0) < 1 ? tr("Enter the sequence that it begins with, 1 or more.")
                                                  : QString();
}

void OriginCard::renewBeginning()
{
    const QString kind = m_begin->currentData().toString();
    m_sequenceField->setVisible(kind == startSequence());
    m_timeField->setVisible(kind == startTime());
}

/// Open where it was set already, so that nothing that is set is hidden.
void OriginCard::renewSummary()
{
    QStringList set;
    if (!beginning().isEmpty())
        set.append(tr("start"));
    if (!transformsIn(m_origin).isEmpty())
        set.append(tr("transforms"));
    if (m_origin.contains(QLatin1String("external")))
        set.append(tr("API"));
    m_more->setSummary(set.join(QStringLiteral(", ")));
    m_more->setOpen(!set.isEmpty());
}

void OriginCard::setOffered(const QStringList &streams)
{
    if (streams == m_offered)
        return;
    m_offered = streams;
    QList<Suggestions::Item> items;
    for (const QString &stream : streams)
        items.append({stream, tr("stream")});
    m_suggestions->setItems(items);
    noteMissing();
}

/// It may be made later, so it is no error.
void OriginCard::noteMissing()
{
    const QString name = m_stream->text().trimmed();
    const bool isMissing = !name.isEmpty() && m_api->text().trimmed().isEmpty() && !m_offered.contains(name);
    m_missing->setText(tr("The account has no stream %1: nothing comes until there is one.").arg(name));
    m_missing->setVisible(isMissing);
}

void OriginCard::noteEdited()
{
    noteMissing();
    Q_EMIT edited();
}

void OriginCard::setReasons(const QString &change, const QString &remove)
{
    for (QWidget *control : controls()) {
        if (control != m_remove && control != m_more->heading())
            setDisabledReason(control, change);
    }
    setDisabledReason(m_transforms, change);
    setDisabledReason(m_remove, remove);
    if (remove.isEmpty())
        setTitle(m_title->text());
}

QList<QWidget *> OriginCard::controls() const
{
    return {m_remove, m_stream, m_filter, m_more->heading(), m_begin, m_sequence, m_time, m_transforms->addButton(),
        m_api, m_deliver};
}
