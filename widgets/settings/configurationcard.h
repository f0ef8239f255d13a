// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/result.h"
#include "services/domain/runtime.h"

#include <QList>
#include <QWidget>

class Field;
class FieldErrorDoor;
class InlineMessage;
class QComboBox;
class QSpinBox;
class SegmentedChoice;

/// Storage class, JetStream storage and replica count of a draft.
class ConfigurationCard final : public QWidget {
    Q_OBJECT

public:
    explicit ConfigurationCard(QWidget *parent = nullptr);

    /// What to choose from, or why it isn't known: then a name can be typed.
    void setStorageClasses(const Result<QList<StorageClass>> &classes);
    /// Of what runs: no volume is on its storage class so far.
    void setNoVolumeBound(bool isNone);
    /// Those that take pods now; nothing: not known.
    void setNodes(const std::optional<QStringList> &nodes);
    /// What runs: its storage class is fixed. Nothing: all can be chosen.
    void setRunning(const std::optional<RuntimeSpec> &running);
    /// A reason locks every field.
    void setLocked(const QString &reason);
    void enterBy(FieldErrorDoor &door);

    /// Fills storage class, storage and replicas from `spec`; an empty storage class is the cluster's default.
    void setSpec(const RuntimeSpec &spec);
    /// Writes those three into `spec`.
    void fill(RuntimeSpec &spec) const;
    /// What is wrong with the cluster rather than with the draft: it has no storage class at all.
    FieldErrors problems() const;

Q_SIGNALS:
    /// The field, as the API names it.
    void edited(const QString &field);

private:
    QString chosenClass() const;
    void chooseClass(const QString &name);
    void renewClasses();
    void renewHints();
    void renewCrowding();
    void tellEdited(const char *field);
    void renewEnabled();
    QString classHint() const;
    QString storageHint() const;

    Result<QList<StorageClass>> m_classes;
    std::optional<RuntimeSpec> m_running;
    std::optional<QStringList> m_nodes;
    QString m_lock;
    bool m_isNoVolumeBound = false;
    QComboBox *m_class;
    QSpinBox *m_storage;
    SegmentedChoice *m_replicas;
    Field *m_classField;
    Field *m_storageField;
    Field *m_replicasField;
    InlineMessage *m_crowding;
};
