// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/configurationcard.h"

#include "services/domain/runtimeusage.h"
#include "widgets/common/card.h"
#include "widgets/common/disabledreason.h"
#include "widgets/common/field.h"
#include "widgets/common/fielderrors.h"
#include "widgets/common/fieldrow.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/typinglimit.h"
#include "widgets/settings/changeplan.h"

#include <QComboBox>
#include <QLineEdit>
#include <QLocale>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace {

constexpr int longestNumber = 20;
constexpr int highestTyped = 9'999'999;
constexpr int longestClassName = 253; // a DNS subdomain (Kubernetes object names)

QString replicasHint(int replicas)
{
    if (replicas == 1)
        return ConfigurationCard::tr("A single server: no copy, and no service while it restarts");
    return ConfigurationCard::tr("Quorum of %1 \u00b7 survives %2")
        .arg(replicas / 2 + 1)
        .arg(replicas == 3 ? ConfigurationCard::tr("one lost pod") : ConfigurationCard::tr("two lost pods"));
}

QString traits(const StorageClass &storageClass)
{
    return QStringList{
        storageClass.allowsExpansion ? ConfigurationCard::tr("can grow") : ConfigurationCard::tr("can't grow later"),
        storageClass.waitsForFirstConsumer ? ConfigurationCard::tr("bound at first use")
                                           : ConfigurationCard::tr("bound at once")}
        .join(QStringLiteral(" \u00b7 "));
}

} // namespace

ConfigurationCard::ConfigurationCard(QWidget *parent)
    : QWidget(parent)
    , m_class(new QComboBox)
    , m_storage(new QSpinBox)
    , m_replicas(new SegmentedChoice)
    , m_classField(new Field(tr("S&torage class"), m_class))
    , m_storageField(new Field(tr("&JetStream storage (Gi)"), m_storage))
    , m_replicasField(new Field(tr("&Replica count"), m_replicas))
    , m_crowding(new InlineMessage)
{
    m_class->setObjectName(QStringLiteral("storageClassCombo"));
    m_class->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_class->setMinimumContentsLength(12);
    m_class->setInsertPolicy(QComboBox::NoInsert);
    m_class->setPlaceholderText(tr("Choose a storage class"));
    m_storage->setObjectName(QStringLiteral("storageEdit"));
    // Wider than what is valid: what was typed stays, and the field says what is wrong with it.
    m_storage->setRange(0, highestTyped);
    m_storage->setGroupSeparatorShown(true);
    limitTyping(m_storage->findChild<QLineEdit *>(), longestNumber);
    m_replicas->setObjectName(QStringLiteral("replicasChoice"));
    for (const int count : {1, 3, 5})
        m_replicas->addChoice(QString::number(count), count);

    auto *fields = new FieldRow;
    fields->addField(m_classField, true);
    fields->addField(m_storageField);
    fields->addField(m_replicasField);
    auto *card = new Card(tr("Configuration"), this);
    card->body()->addWidget(fields);
    m_crowding->setObjectName(QStringLiteral("crowdingMessage"));
    m_crowding->hide();
    card->body()->addWidget(m_crowding);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);

    setSpec({});
    connect(m_class, &QComboBox::currentTextChanged, this, [this] { tellEdited("storageClass"); });
    connect(m_storage, &QSpinBox::valueChanged, this, [this] { tellEdited("storageGibibytes"); });
    connect(m_replicas, &SegmentedChoice::currentChanged, this, [this] { tellEdited("replicas"); });
}

void ConfigurationCard::setStorageClasses(const Result<QList<StorageClass>> &classes)
{
    if (classes == m_classes && m_class->count() > 0)
        return;
    m_classes = classes;
    renewClasses();
}

void ConfigurationCard::setRunning(const std::optional<RuntimeSpec> &running)
{
    if (running == m_running)
        return;
    m_running = running;
    renewClasses();
    renewEnabled();
}

void ConfigurationCard::setNoVolumeBound(bool isNone)
{
    if (isNone == m_isNoVolumeBound)
        return;
    m_isNoVolumeBound = isNone;
    renewHints();
}

void ConfigurationCard::setNodes(const std::optional<QStringList> &nodes)
{
    if (nodes == m_nodes)
        return;
    m_nodes = nodes;
    renewCrowding();
}

void ConfigurationCard::setLocked(const QString &reason)
{
    m_lock = reason;
    renewEnabled();
}

void ConfigurationCard::enterBy(FieldErrorDoor &door)
{
    door.addField(QStringLiteral("storageClass"), m_classField);
    door.addField(QStringLiteral("storageGibibytes"), m_storageField);
    door.addField(QStringLiteral("replicas"), m_replicasField);
}

void ConfigurationCard::setSpec(const RuntimeSpec &spec)
{
    const QSignalBlocker classBlocker(m_class);
    const QSignalBlocker storageBlocker(m_storage);
    const QSignalBlocker replicasBlocker(m_replicas);
    chooseClass(spec.storageClass);
    m_storage->setValue(spec.storageGibibytes);
    m_replicas->setCurrentData(spec.replicas);
    renewHints();
}

void ConfigurationCard::fill(RuntimeSpec &spec) const
{
    spec.storageClass = chosenClass();
    spec.storageGibibytes = m_storage->value();
    spec.replicas = m_replicas->currentData().toInt();
}

FieldErrors ConfigurationCard::problems() const
{
    if (m_running || !m_classes || !m_classes->isEmpty())
        return {};
    return {{QStringLiteral("storageClass"),
        tr("This cluster offers no storage class, and JetStream keeps its state on volumes. Have one created (most "
           "distributions bring a provisioner); it appears here by itself.")}};
}

QString ConfigurationCard::chosenClass() const
{
    return m_class->isEditable() ? m_class->currentText().trimmed() : m_class->currentData().toString();
}

void ConfigurationCard::chooseClass(const QString &name)
{
    if (m_class->isEditable()) {
        m_class->setEditText(name);
        return;
    }
    int index = m_class->findData(name);
    if (index < 0 && m_classes && !m_running) {
        const auto usual = std::find_if(m_classes->cbegin(), m_classes->cend(),
            [](const StorageClass &storageClass) { return storageClass.isDefault; });
        if (usual != m_classes->cend())
            index = m_class->findData(usual->name);
        else if (m_classes->size() == 1)
            index = 0;
    }
    m_class->setCurrentIndex(index);
}

void ConfigurationCard::renewClasses()
{
    const QString chosen = m_running ? m_running->storageClass : chosenClass();
    {
        const QSignalBlocker blocker(m_class);
        m_class->clear();
        m_class->setEditable(!m_running && !m_classes && m_classes.error().kind != Error::Kind::NotReady);
        if (m_class->isEditable()) {
            limitTyping(m_class->lineEdit(), longestClassName);
            m_class->lineEdit()->setPlaceholderText(tr("Type the name of a storage class"));
        }
        if (m_running)
            m_class->addItem(chosen, chosen);
        else if (m_classes)
            for (const StorageClass &storageClass : *m_classes)
                m_class->addItem(storageClass.isDefault ? tr("%1 (default)").arg(storageClass.name) : storageClass.name,
                    storageClass.name);
        chooseClass(chosen);
    }
    tellEdited("storageClass");
}

void ConfigurationCard::tellEdited(const char *field)
{
    renewHints();
    Q_EMIT edited(QLatin1String(field));
}

QString ConfigurationCard::classHint() const
{
    QStringList parts;
    if (m_running)
        parts.append(m_isNoVolumeBound ? tr("no volume is on it so far: disable NATS, then enable it with another one")
                                       : tr("fixed since provisioning"));
    else if (!m_classes && !m_class->isEditable())
        return m_classes.error().summary;
    else if (!m_classes)
        return tr("Type the name of a storage class: which ones there are can't be read. %1")
            .arg(m_classes.error().summary);
    const QString chosen = chosenClass();
    if (m_classes) {
        const auto found = std::find_if(m_classes->cbegin(), m_classes->cend(),
            [&chosen](const StorageClass &storageClass) { return storageClass.name == chosen; });
        if (found != m_classes->cend())
            parts.append(traits(*found));
    }
    if (!m_running)
        parts.append(tr("fixed after provisioning"));
    QString hint = parts.join(QStringLiteral(" \u00b7 "));
    if (!hint.isEmpty())
        hint[0] = hint[0].toUpper();
    return hint;
}

QString ConfigurationCard::storageHint() const
{
    const int wanted = m_storage->value();
    const bool isChanged = m_running && m_running->storageGibibytes != wanted;
    const QString size = isChanged ? tr("Was %1 GiB").arg(QLocale().toString(m_running->storageGibibytes))
                                   : tr("On each replica, 1 to %1 GiB").arg(QLocale().toString(65536));
    return tr("%1 \u00b7 streams may fill 85 % of it: %2")
        .arg(size, maxFileStore(wanted).text().replace(QLatin1Char(' '), QChar(QChar::Nbsp)));
}

void ConfigurationCard::renewHints()
{
    m_classField->setHint(classHint());
    m_class->setToolTip(chosenClass());
    m_storageField->setHint(storageHint());
    m_replicasField->setHint(replicasHint(m_replicas->currentData().toInt()));
    renewCrowding();
}

void ConfigurationCard::renewCrowding()
{
    const bool isAsked = m_nodes && !m_running;
    const auto shared = isAsked ? crowding(m_replicas->currentData().toInt(), *m_nodes) : std::nullopt;
    if (shared && (m_crowding->isHidden() || m_crowding->title() != shared->headline))
        m_crowding->setMessage(Tone::Warning, shared->headline, shared->consequence);
    m_crowding->setVisible(shared.has_value());
}

void ConfigurationCard::renewEnabled()
{
    setDisabledReason(m_storage, m_lock);
    setDisabledReason(m_replicas, m_lock);
    setDisabledReason(
        m_class, m_lock.isEmpty() && m_running ? tr("The storage class is fixed since provisioning.") : m_lock);
    // hints are the description for assistive technology where no reason takes that place
    if (m_lock.isEmpty())
        renewHints();
}
